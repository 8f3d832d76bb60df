import type { LogRecord, OutboundRecord } from '#pipeline';
import { digestOf } from './digest.js';

/** How a topic differs from what the replay gives. */
export interface Difference {
  readonly topic: string;
  readonly partition: number;
  readonly id: string;
  readonly customer: string;
  /** `missing` in the topic, `unexpected` there (or there twice), other `bytes`, or another `order` within the customer. */
  readonly problem: 'missing' | 'unexpected' | 'bytes' | 'order';
  /** Rules revision under which the batch was decided. */
  readonly rules: number;
  /** Where the topic holds it; absent when it does not. */
  readonly offset?: number;
}

/** Where a customer's records last matched: rank in the replay, offset in the topic. */
interface Match {
  readonly rank: number;
  readonly offset: number;
}

/** A record of the topic that waits for its counterpart; of its bytes the digest alone, since many may wait. */
interface Actual {
  readonly key: string;
  readonly offset: number;
  readonly digest: string;
  readonly rules: number;
}

/** Records that wait for their counterpart at most. */
const window = 20_000;

interface Expected {
  readonly key: string;
  readonly rank: number;
  readonly rules: number;
  /** Until its batch is compared; then the digest alone. */
  value?: string | Buffer | null | undefined;
  digest?: string;
}

/**
 * Compares one partition of an output topic with the replay's records, id by id and byte by byte, both read once and in
 * step. Records of different customers may change places; those of one customer may not.
 */
export class Comparison {
  readonly differences: Difference[] = [];
  matched = 0;
  #rank = 0;
  #rules = 0;
  #expected = new Map<string, Expected>();
  #actual = new Map<string, Actual>();
  #last = new Map<string, Match>();
  /** Least offset that matched. */
  #first = Infinity;

  constructor(
    private readonly topic: string,
    private readonly partition: number,
    private readonly records: AsyncIterator<LogRecord>,
    /** The topic is read from before the replay's first record: what stands there before the first match is not compared. */
    private readonly midway = false,
  ) {}

  /** The replay's next records, decided under rules revision `rules`; reads as many of the topic. */
  async expect(records: readonly OutboundRecord[], rules: number): Promise<void> {
    this.#rules = rules;
    const fresh = new Map<string, Expected>();
    for (const { key, value } of records) {
      const expected: Expected = { key: String(key), rank: this.#rank++, rules, value };
      const id = idOf(value);
      const actual = this.#actual.get(id);
      if (actual) this.#match(id, expected, actual.offset, digestOf(value) === actual.digest);
      else this.#expected.set(id, expected);
      this.#actual.delete(id);
      fresh.set(id, expected);
    }
    for (let i = 0; i < records.length; i++) if (!(await this.#take())) break;
    if (this.#expected.size > 0)
      for (const [id, expected] of fresh) {
        if (this.#expected.get(id) !== expected) continue;
        expected.digest = digestOf(expected.value ?? null);
        expected.value = undefined;
      }
    this.#giveUp(window);
  }

  /** No more is expected. `grown`: the topic may hold later batches, so what follows is not unexpected. */
  async end(grown: boolean): Promise<void> {
    while ((!grown || this.#expected.size > 0) && (await this.#take())) if (!grown) this.#giveUp(window);
    const missing = this.#expected.size;
    this.#giveUp(0, grown && missing > 0);
  }

  /** The differences found since this was asked last. */
  drain(): Difference[] {
    return this.differences.splice(0);
  }

  /** Reads one record of the topic; false at its end. */
  async #take(): Promise<boolean> {
    const next = await this.records.next();
    if (next.done === true) return false;
    const { key, value, offset } = next.value;
    const id = idOf(value);
    const expected = this.#expected.get(id);
    this.#expected.delete(id);
    if (expected) this.#match(id, expected, offset, sameAs(expected, value));
    else
      this.#actual.set(this.#free(id), {
        ...{ key: String(key), offset, digest: digestOf(value), rules: this.#rules },
      });
    return true;
  }

  /** What has found no counterpart among so many later ones never will: memory stays bounded however much differs. */
  #giveUp(most: number, expectedOnly = false): void {
    for (const [id, { key, rules }] of this.#expected) {
      if (this.#expected.size <= most) break;
      this.#expected.delete(id);
      this.#differs('missing', id, key, rules);
    }
    if (expectedOnly) return;
    for (const [id, { key, offset, rules }] of this.#actual) {
      if (this.#actual.size <= most) break;
      this.#actual.delete(id);
      if (!this.midway || offset > this.#first) this.#differs('unexpected', id, key, rules, offset);
    }
  }

  #match(id: string, { key: customer, rank, rules }: Expected, offset: number, same: boolean): void {
    this.#first = Math.min(this.#first, offset);
    const last = this.#last.get(customer);
    this.#last.set(customer, { rank, offset });
    const sameOrder = last === undefined || rank > last.rank === offset > last.offset;
    if (!same) this.#differs('bytes', id, customer, rules, offset);
    else if (!sameOrder) this.#differs('order', id, customer, rules, offset);
    else this.matched += 1;
  }

  #differs(
    problem: Difference['problem'],
    id: string,
    customer: string,
    rules: number,
    offset?: number,
  ): void {
    const { topic, partition } = this;
    const where = { topic, partition, id, customer, problem, rules };
    this.differences.push(offset === undefined ? where : { ...where, offset });
  }

  /** A second record of one id stays beside the first. */
  #free(id: string): string {
    return this.#actual.has(id) ? this.#free(`${id} again`) : id;
  }
}

const sameAs = ({ value, digest }: Expected, actual: Buffer | null): boolean =>
  digest === undefined ? Buffer.from(value ?? '').equals(actual ?? nothing) : digest === digestOf(actual);

const nothing = Buffer.alloc(0);

export function idOf(value: string | Buffer | null): string {
  const text = String(value);
  const [, id] = idFirst.exec(text.slice(0, 200)) ?? [];
  if (id !== undefined) return id;
  try {
    return String((JSON.parse(text) as { id?: unknown }).id);
  } catch {
    return 'not JSON';
  }
}

/** How this engine writes its events: a whole parse of each would cost more than to compare them. */
const idFirst = /^\{"specversion":"1\.0","id":"([^"\\]*)"/;
