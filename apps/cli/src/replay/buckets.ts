import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, linesOf } from '../lines.js';

export const bucketCount = 64;

const heldCharacters = 32_768;
const longestLine = 1_000_000;

/**
 * Rows of whatever number in files of one folder, told apart by a hash of their ids: rows of one id are in one bucket, so that
 * what is too much for memory is compared bucket by bucket. Several writers, each of its own name, may share the folder.
 */
export class Buckets<Row extends { readonly id: string }> {
  readonly #held = new Map<number, string>();

  constructor(
    private readonly folder: string,
    private readonly writer: string,
  ) {}

  async add(row: Row): Promise<void> {
    const bucket = bucketOf(row.id);
    const held = `${this.#held.get(bucket) ?? ''}${JSON.stringify(row)}\n`;
    this.#held.set(bucket, held);
    if (held.length > heldCharacters) await this.#write(bucket);
  }

  async end(): Promise<void> {
    for (const bucket of this.#held.keys()) await this.#write(bucket);
  }

  async #write(bucket: number): Promise<void> {
    const held = this.#held.get(bucket) ?? '';
    this.#held.set(bucket, '');
    if (held !== '') await appendFile(join(this.folder, `${bucket}.${this.writer}`), held);
  }

  /** One bucket's rows of all writers whose names begin so. */
  static async *read<Row>(folder: string, bucket: number, writers: string): AsyncGenerator<Row> {
    for (const file of (await readdir(folder)).filter((name) => name.startsWith(`${bucket}.${writers}`)))
      for await (const { bytes } of linesOf(bytesOf(join(folder, file)), longestLine))
        if (bytes) yield JSON.parse(bytes.toString()) as Row;
  }
}

function bucketOf(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (hash * 31 + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % bucketCount;
}
