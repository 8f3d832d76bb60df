import { EmbeddedDbError } from './embedded-db-error.js';
import { freeBytes } from './folder.js';

const noSpace = ['ENOSPC', 'EDQUOT', 28, 122, -30792];
const ioError = [5, 'EIO'];
const tooLarge = [27, 'EFBIG'];
const notWritable = ['EACCES', 'EPERM', 'EROFS', 1, 13, 30];
const notADatabase = [-30793, -30794, -30796, -30797];

/** Turns an error of Node's fs (code by name) or of LMDB (errno, or LMDB's own negative numbers) into ours. */
export function storageFailure(path: string, error: unknown): EmbeddedDbError {
  if (error instanceof EmbeddedDbError) return error;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  const is = (codes: readonly unknown[]): boolean => codes.includes(code);
  const cause = { cause: error };
  const text = error instanceof Error ? error.message : String(error);
  if (is(noSpace) || (is(ioError) && diskIsFull(path)))
    return new EmbeddedDbError('full', `no space left for ${path}: free some, then start again`, cause);
  if (is(tooLarge) || is(ioError))
    return new EmbeddedDbError(
      'failed',
      `the database in ${path} failed: ${text}. Its file may not grow (a quota, or ulimit -f), or the disk is failing`,
      cause,
    );
  if (is(notWritable))
    return new EmbeddedDbError('readOnly', `${path} cannot be written by this process (${text})`, cause);
  if (is(notADatabase))
    return new EmbeddedDbError(
      'damaged',
      `the files in ${path} are no database of Perennial (${text})`,
      cause,
    );
  return new EmbeddedDbError('failed', `the database in ${path} failed: ${text}`, cause);
}

/** LMDB reports a write that the disk cut short as an I/O error. */
function diskIsFull(path: string): boolean {
  try {
    return freeBytes(path) < 1 << 20;
  } catch {
    return false;
  }
}
