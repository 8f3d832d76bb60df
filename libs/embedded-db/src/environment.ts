import { open, type RootDatabase } from 'lmdb';
import { prepareFolder } from './folder.js';
import { storageFailure } from './storage-failure.js';
import { Table } from './table.js';
import { WriteQueue } from './write-queue.js';

/** One LMDB environment of this process. LMDB forbids opening a folder twice in one process, so handles share it. */
export class Environment {
  private readonly root: RootDatabase<Buffer, Buffer>;
  private readonly tables = new Map<string, Table>();
  readonly queue: WriteQueue;
  handles = 0;

  constructor(readonly path: string) {
    // Without overlapping sync a commit returns after the sync to disk, and its errors reach the caller.
    this.root = open<Buffer, Buffer>({ path, overlappingSync: false, maxDbs: 32, noSubdir: false });
    const transact = (work: () => void): void => this.root.transactionSync(work);
    this.queue = new WriteQueue(transact, (error) => storageFailure(path, error));
  }

  table(name: string): Table {
    const known = this.tables.get(name);
    if (known) return known;
    const table = new Table(this.root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }));
    this.tables.set(name, table);
    return table;
  }

  close(): Promise<void> {
    return this.root.close();
  }
}

const environments = new Map<string, Environment>();

/** @throws EmbeddedDbError */
export function acquireEnvironment(folder: string): Environment {
  try {
    const path = prepareFolder(folder);
    const environment = environments.get(path) ?? new Environment(path);
    environments.set(path, environment);
    environment.handles++;
    return environment;
  } catch (error) {
    throw storageFailure(folder, error);
  }
}

export async function releaseEnvironment(environment: Environment): Promise<void> {
  await environment.queue.drained();
  if (--environment.handles > 0) return;
  environments.delete(environment.path);
  await environment.close();
}
