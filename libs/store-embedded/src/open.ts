import { openDb, type EmbeddedDb } from '#embedded-db';
import { EmbeddedLog } from '#log-embedded';
import type { AtomicCommit, CustomerStore, EventLog } from '#pipeline';
import { EmbeddedAtomicCommit } from './atomic-commit.js';
import { CustomerList } from './customer-list.js';
import { EmbeddedStore } from './embedded-store.js';
import { storeErrors } from './storage.js';

export interface OpenEmbeddedOptions {
  /** The folder; made where it is missing. */
  readonly path: string;
  /** Takes the folder's engine lock. Processes that only publish, read or subscribe do without. */
  readonly engine?: boolean;
}

export interface Embedded {
  readonly log: EventLog;
  readonly store: CustomerStore;
  readonly atomic: AtomicCommit;
  /** Leaves the groups, then closes the folder. `log.close` alone only leaves the groups, `store.close` does nothing. */
  close(): Promise<void>;
}

async function open(options: OpenEmbeddedOptions): Promise<EmbeddedDb> {
  const db = await openDb(options);
  try {
    await new CustomerList(db).ready();
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * Log and store over one folder.
 * @throws StoreError `storage`, naming what is wrong with the folder.
 */
export async function openEmbedded(options: OpenEmbeddedOptions): Promise<Embedded> {
  const db = await storeErrors(open(options));
  const log = new EmbeddedLog(db);
  const store = new EmbeddedStore(db, async () => {});
  const close = async (): Promise<void> => {
    await log.close();
    await db.close();
  };
  return { log, store, atomic: new EmbeddedAtomicCommit(db, log), close };
}

/**
 * The store alone, beside another log.
 * @throws StoreError `storage`, naming what is wrong with the folder.
 */
export async function openEmbeddedStore(options: OpenEmbeddedOptions): Promise<CustomerStore> {
  const db = await storeErrors(open(options));
  return new EmbeddedStore(db, () => db.close());
}
