import { createHash } from 'node:crypto';
import type { LogRecord, OutboundRecord } from '#pipeline';
import { idOf, type Difference } from './comparison.js';

/** A record of the replay, by what it is compared by. */
export interface ScatteredRecord {
  readonly id: string;
  readonly digest: string;
  readonly partition: number;
  readonly customer: string;
  readonly rules: number;
}

type Found = Omit<Difference, 'problem' | 'rules' | 'offset'> & { readonly offset: number };

const digestOf = (value: string | Buffer | null) =>
  createHash('sha256')
    .update(value ?? '')
    .digest('base64url')
    .slice(0, 22);

export const scattered = (
  { value, partition = -1, key }: OutboundRecord,
  rules: number,
): ScatteredRecord => ({ id: idOf(value), digest: digestOf(value), partition, customer: String(key), rules });

/**
 * Compares a topic whose records stand at the home of another subject than the customer who caused them. The tasks of all
 * partitions write to each of its partitions, in no order that a replay could know, so it is compared as a set.
 */
export class ScatteredComparison {
  readonly differences: Difference[] = [];
  matched = 0;
  #expected = new Map<string, ScatteredRecord>();
  #unexpected: Found[] = [];

  constructor(readonly topic: string) {}

  /** What the replay gives. */
  expect(records: readonly ScatteredRecord[]): void {
    for (const record of records) this.#expected.set(record.id, record);
  }

  /** What the topic holds, when all is expected. */
  async compare(records: AsyncIterable<LogRecord>): Promise<void> {
    const { topic } = this;
    for await (const { partition, offset, key, value } of records) {
      const id = idOf(value);
      const expected = this.#expected.get(id);
      const found = { topic, partition, id, customer: String(key), offset };
      if (expected === undefined) {
        this.#unexpected.push(found);
        continue;
      }
      this.#expected.delete(id);
      const same = partition === expected.partition && found.customer === expected.customer;
      if (same && digestOf(value) === expected.digest) this.matched += 1;
      else this.differences.push({ ...found, problem: 'bytes', rules: expected.rules });
    }
  }

  /** `grown`: the topic may hold later batches, so what is left over is not unexpected. `rules`: of this code. */
  end(grown: boolean, rules: number): void {
    for (const [id, { partition, customer, rules }] of this.#expected)
      this.differences.push({ topic: this.topic, partition, id, customer, problem: 'missing', rules });
    if (grown) return;
    for (const found of this.#unexpected) this.differences.push({ ...found, problem: 'unexpected', rules });
  }
}
