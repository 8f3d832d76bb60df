import { StoreError } from '#pipeline';
import { Error as MongooseError, mongo } from 'mongoose';

/** What a server says while it steps down, starts, stops, or waits in vain for others; a later try may succeed. */
const passing: ReadonlySet<number | string> = new Set([
  ...[6, 7, 50, 64, 89, 91, 112, 134, 189, 246, 262, 9001, 10107, 11600, 11602, 13435, 13436],
]);

export const isPassing = (code: number | string | undefined) => code !== undefined && passing.has(code);

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 11_000;

/** What a write into a connection that just broke throws: the driver hands it on as Node gives it. */
const broken: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED']);

/** True when another try may succeed: the server is away, or said so. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (broken.has((error as NodeJS.ErrnoException).code)) return true;
  if (error instanceof MongooseError.MongooseServerSelectionError) return true;
  if (!(error instanceof mongo.MongoError)) return false;
  if (error instanceof mongo.MongoServerError)
    return isPassing(error.code) || error.hasErrorLabel('RetryableWriteError');
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoOperationTimeoutError ||
    error instanceof mongo.MongoStalePrimaryError ||
    error.hasErrorLabel('ResetPool') ||
    error.hasErrorLabel('RetryableWriteError')
  );
}

/** The driver's error as the port's: `unreachable` where another try may succeed, else `storage`. */
export function storeError(doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = `MongoDB, ${doing}: ${error instanceof Error ? error.message : String(error)}`;
  return new StoreError(isTransient(error) ? 'unreachable' : 'storage', message, { cause: error });
}
