import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedDbError } from './embedded-db-error.js';

const leastSpace = 1 << 20;

/**
 * Makes the folder where it is missing, and checks what LMDB's binding does not survive: files that are no database,
 * that cannot be written, or that cannot be made. Returns the real path.
 */
export function prepareFolder(path: string): string {
  const existing = nearestExisting(path);
  if (!statSync(existing).isDirectory())
    throw new EmbeddedDbError('notAFolder', `${path} cannot be a folder: ${existing} is a file`);
  accessSync(existing, constants.W_OK);
  makeFolder(path);
  const [data, lock] = [join(path, 'data.mdb'), join(path, 'lock.mdb')];
  for (const file of [data, lock]) if (existsSync(file)) accessSync(file, constants.W_OK);
  if (existsSync(data) && !isDatabase(data))
    throw new EmbeddedDbError(
      'damaged',
      `${data} is no database of Perennial: restore it, or use another folder`,
    );
  if (!(existsSync(data) && existsSync(lock)) && freeBytes(path) < leastSpace)
    throw new EmbeddedDbError('full', `no space left for ${path}: free some, then start again`);
  return realpathSync(path);
}

export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** LMDB's magic number in the first page's meta data; an empty file is one that LMDB has still to fill. */
function isDatabase(file: string): boolean {
  const head = Buffer.alloc(28);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, head);
    return length === 0 || (length === head.length && head.readUInt32LE(24) === 0xbeefc0de);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder and those above it. Node's own recursion never ends where the system refuses with ENOENT, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
