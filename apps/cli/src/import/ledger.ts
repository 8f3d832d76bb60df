import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { CustomerStore, RecordMap } from '#pipeline';
import type { Dataset } from './dataset.js';

/** How far the import of one set of files has come. */
export interface ImportProgress {
  readonly dataset: string;
  /** Events published, in the dataset's own order. */
  readonly rows: number;
  /** Events up to which customers seen for the first time were given consents. */
  readonly consented: number;
  readonly shiftMs: number;
  readonly finished: boolean;
}

/** Imports by `ledgerKey`. */
export const importLedger = (store: CustomerStore): RecordMap<ImportProgress> =>
  store.records<ImportProgress>('imports');

/** Identifies the files by kind, names and content, so that another cut is another import. */
export async function ledgerKey(dataset: Dataset): Promise<string> {
  const hash = createHash('sha256');
  for (const file of dataset.files) {
    hash.update(`\n${basename(file)}\n`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return `${dataset.name}:${hash.digest('hex').slice(0, 32)}`;
}

/** An import of other files of the same kind, whose shift then holds for these too. */
export async function earlierImport(
  ledger: RecordMap<ImportProgress>,
  dataset: string,
): Promise<ImportProgress | undefined> {
  for await (const [, progress] of ledger.entries()) if (progress.dataset === dataset) return progress;
  return undefined;
}
