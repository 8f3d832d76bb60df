import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedDbError } from './embedded-db-error.js';

/** Makes the folder where it is missing and checks that it can be written; returns its real path. */
export function prepareFolder(path: string): string {
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new EmbeddedDbError('notAFolder', `${path} is a file, but a folder is needed`);
  mkdirSync(path, { recursive: true });
  for (const file of [path, join(path, 'data.mdb'), join(path, 'lock.mdb')])
    if (existsSync(file)) accessSync(file, constants.W_OK);
  return realpathSync(path);
}
