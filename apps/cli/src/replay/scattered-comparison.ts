import type { LogRecord, OutboundRecord } from '#pipeline';
import { idOf, sameBytes, type Difference } from './comparison.js';

interface Expected {
  readonly value: OutboundRecord['value'];
  readonly partition: number;
  readonly customer: string;
  readonly rules: number;
}

type Found = Omit<Difference, 'problem' | 'rules' | 'offset'> & { readonly offset: number };

/**
 * Compares a topic whose records stand at the home of another subject than the customer who caused them. The tasks of all
 * partitions write to each of its partitions, in no order that a replay could know, so it is compared as a set.
 */
export class ScatteredComparison {
  readonly differences: Difference[] = [];
  matched = 0;
  #expected = new Map<string, Expected>();
  #unexpected: Found[] = [];

  constructor(readonly topic: string) {}

  /** What the replay gives, decided under rules revision `rules`. */
  expect(records: readonly OutboundRecord[], rules: number): void {
    for (const { value, partition = -1, key } of records)
      this.#expected.set(idOf(value), { value, partition, customer: String(key), rules });
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
      if (same && sameBytes(value, expected.value)) this.matched += 1;
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
