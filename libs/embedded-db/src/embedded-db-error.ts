/**
 * - `notAFolder`: the path is a file.
 * - `readOnly`: the folder or its files cannot be written.
 * - `full`: no space left; nothing of the failed transaction was written.
 * - `locked`: another engine holds the folder.
 * - `layout`: written by another layout version.
 * - `damaged`: the files are no database.
 * - `failed`: any other error of the database or the disk.
 */
export type EmbeddedDbErrorCode =
  'notAFolder' | 'readOnly' | 'full' | 'locked' | 'layout' | 'damaged' | 'failed';

/** What is wrong with an embedded folder; the message names the folder and a way out. */
export class EmbeddedDbError extends Error {
  constructor(
    readonly code: EmbeddedDbErrorCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'EmbeddedDbError';
  }
}
