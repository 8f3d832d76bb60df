import type { LogRecord, OutboundRecord } from '#pipeline';
import { idOf, type Difference } from './comparison.js';
import { digestOf } from './digest.js';

/** A record of the replay, by what it is compared by. */
export interface ScatteredRecord {
  readonly id: string;
  readonly digest: string;
  readonly partition: number;
  readonly customer: string;
  readonly rules: number;
}

/** A record of the topic, likewise. */
export interface FoundRecord {
  readonly id: string;
  readonly digest: string;
  readonly partition: number;
  readonly customer: string;
  readonly offset: number;
}

export const scattered = (
  { value, partition = -1, key }: OutboundRecord,
  rules: number,
): ScatteredRecord => ({ id: idOf(value), digest: digestOf(value), partition, customer: String(key), rules });

export const found = ({ value, partition, key, offset }: LogRecord): FoundRecord => ({
  ...{ id: idOf(value), digest: digestOf(value), partition, customer: String(key), offset },
});

/**
 * Compares a topic whose records stand at the home of another subject than the customer who caused them. The tasks of all
 * partitions write to each of its partitions, in no order that a replay could know, so it is compared as a set.
 */
export class ScatteredComparison {
  readonly differences: Difference[] = [];
  matched = 0;
  #expected = new Map<string, ScatteredRecord>();
  #unexpected: FoundRecord[] = [];

  constructor(readonly topic: string) {}

  /** What the replay gives. */
  expect(record: ScatteredRecord): void {
    this.#expected.set(record.id, record);
  }

  /** What the topic holds, when all is expected. */
  compare(record: FoundRecord): void {
    const expected = this.#expected.get(record.id);
    if (expected === undefined) {
      this.#unexpected.push(record);
      return;
    }
    this.#expected.delete(record.id);
    const same = record.partition === expected.partition && record.customer === expected.customer;
    if (same && record.digest === expected.digest) this.matched += 1;
    else this.#differs(record, 'bytes', expected.rules, record.offset);
  }

  /** `grown`: the topic may hold later batches, so what is left over is not unexpected. `rules`: of this code. */
  end(grown: boolean, rules: number): void {
    for (const record of this.#expected.values()) this.#differs(record, 'missing', record.rules);
    if (!grown)
      for (const record of this.#unexpected) this.#differs(record, 'unexpected', rules, record.offset);
  }

  #differs(
    { id, partition, customer }: ScatteredRecord | FoundRecord,
    problem: Difference['problem'],
    rules: number,
    offset?: number,
  ): void {
    const where = { topic: this.topic, partition, id, customer, problem, rules };
    this.differences.push(offset === undefined ? where : { ...where, offset });
  }
}
