import { ConfigError } from '#config';
import { LogError, StoreError } from '#pipeline';
import { exitCode, type ExitCode } from './exit-code.js';

/** A command cannot go on; the message is one line for people. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly code: ExitCode = exitCode.failure,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** What to tell people of an error, and how to end. Only an unforeseen error shows its stack. */
export function explain(error: unknown): { readonly text: string; readonly code: ExitCode } {
  if (error instanceof Failure) return { text: error.message, code: error.code };
  if (error instanceof ConfigError) return { text: error.message, code: exitCode.usage };
  if (error instanceof LogError || error instanceof StoreError)
    return { text: error.message, code: exitCode.failure };
  if (isSystemError(error)) return { text: systemMessage(error), code: exitCode.failure };
  return {
    text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    code: exitCode.failure,
  };
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'it is not a folder',
  EADDRINUSE: 'the port is in use',
  ECONNREFUSED: 'nothing listens there',
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
}

function systemMessage(error: NodeJS.ErrnoException): string {
  const reason = systemReasons[error.code ?? ''];
  if (reason === undefined) return error.message;
  return `${error.path ?? error.syscall ?? 'error'}: ${reason}`;
}
