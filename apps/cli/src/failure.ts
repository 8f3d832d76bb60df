import { ConfigError } from '#config';
import { LogError } from '#pipeline';
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

/** Errors of the language itself are mistakes of the code, and the only ones whose stack is shown. */
const mistakes = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError']);

/** What to tell people of an error, and how to end. */
export function explain(error: unknown): { readonly text: string; readonly code: ExitCode } {
  const { failure: code } = exitCode;
  if (error instanceof Failure) return { text: error.message, code: error.code };
  if (error instanceof ConfigError) return { text: error.message, code: exitCode.usage };
  if (isSystemError(error)) return { text: systemMessage(error), code };
  if (error instanceof LogError && error.code === 'unknownTopic')
    return { text: `${error.message}: 'perennial topics create' creates them all`, code };
  const { name, message, stack } = error as Partial<Error>;
  if (message === undefined) return { text: String(error), code };
  return { text: mistakes.has(name ?? '') ? (stack ?? message) : clipped(message), code };
}

const mostLines = 20;

function clipped(message: string): string {
  const lines = message.split('\n');
  if (lines.length <= mostLines) return message;
  return [...lines.slice(0, mostLines), `  … and ${lines.length - mostLines} more lines`].join('\n');
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
