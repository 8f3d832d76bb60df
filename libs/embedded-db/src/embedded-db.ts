import { EmbeddedDbError } from './embedded-db-error.js';
import { refuseWhileRunning, thisProcess, type Holder } from './engine-lock.js';
import { acquireEnvironment, releaseEnvironment, type Environment } from './environment.js';
import { storageFailure } from './storage-failure.js';
import type { Table } from './table.js';

/** Goes up when a table's keys or values change their form. */
const layout = 3;
const layoutKey = Buffer.from('layout');
const engineKey = Buffer.from('engine');

export interface OpenOptions {
  /** The folder; made where it is missing. */
  readonly path: string;
  /** Takes the folder's engine lock: at most one running process holds it. Others may read and write without it. */
  readonly engine?: boolean;
}

/** A folder of ordered tables with durable transactions, shared by all processes of this machine that open it. */
export interface EmbeddedDb {
  readonly path: string;
  /** The table of this name, made where it is missing. Not within `write`. */
  table(name: string): Table;
  /**
   * Runs `work` in the one write transaction of the folder; resolves when it is synced to disk. When `work` throws,
   * nothing of it is written and the promise rejects with what it threw. `work` must not await.
   * @throws EmbeddedDbError `full`, `failed`: nothing was written, and this process can write no more.
   */
  write<T>(work: () => T): Promise<T>;
  /** Waits for pending writes and gives back the engine lock. */
  close(): Promise<void>;
}

/** @throws EmbeddedDbError of any code, with a message for people. */
export async function openDb({ path, engine = false }: OpenOptions): Promise<EmbeddedDb> {
  const environment = acquireEnvironment(path);
  try {
    const meta = environment.table('meta');
    await environment.queue.run(() => checkLayout(meta, path));
    if (engine) await environment.queue.run(() => lockEngine(meta, path));
  } catch (error) {
    await releaseEnvironment(environment);
    throw storageFailure(path, error);
  }
  return handle(environment, engine);
}

function handle(environment: Environment, engine: boolean): EmbeddedDb {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    if (engine)
      await environment.queue.run(() => environment.table('meta').remove(engineKey)).catch(() => {});
    await releaseEnvironment(environment);
  };
  return {
    path: environment.path,
    table: (name) => environment.table(name),
    write: (work) =>
      closing
        ? Promise.reject(new EmbeddedDbError('failed', `${environment.path} is closed`))
        : environment.queue.run(work),
    close: () => (closing ??= close()),
  };
}

function checkLayout(meta: Table, path: string): void {
  const found = meta.get(layoutKey)?.toString();
  if (found === undefined) meta.put(layoutKey, Buffer.from(String(layout)));
  else if (found !== String(layout))
    throw new EmbeddedDbError(
      'layout',
      `${path} was written in layout ${found}, and this version of Perennial reads layout ${layout}: ` +
        'use the version that wrote it, or another folder',
    );
}

function lockEngine(meta: Table, path: string): void {
  const holder = meta.get(engineKey);
  if (holder) refuseWhileRunning(path, JSON.parse(holder.toString()) as Holder);
  meta.put(engineKey, Buffer.from(JSON.stringify(thisProcess())));
}
