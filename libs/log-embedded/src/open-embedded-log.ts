import { openDb } from '#embedded-db';
import type { EventLog } from '#pipeline';
import { EmbeddedLog } from './embedded-log.js';
import { logErrors } from './storage.js';

/**
 * The log alone.
 * @throws LogError `storage`, naming what is wrong with the folder.
 */
export async function openEmbeddedLog(options: { path: string; engine?: boolean }): Promise<EventLog> {
  const db = await logErrors(openDb(options));
  const log = new EmbeddedLog(db);
  const leave = log.close.bind(log);
  log.close = async () => {
    await leave();
    await db.close();
  };
  return log;
}
