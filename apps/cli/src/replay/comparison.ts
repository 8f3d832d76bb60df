import type { LogRecord, OutboundRecord } from '#pipeline';

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

interface Expected {
  readonly record: OutboundRecord;
  readonly rank: number;
  readonly rules: number;
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
  #actual = new Map<string, { readonly record: LogRecord; readonly rules: number }>();
  #last = new Map<string, Match>();

  constructor(
    private readonly topic: string,
    private readonly partition: number,
    private readonly records: AsyncIterator<LogRecord>,
  ) {}

  /** The replay's next records, decided under rules revision `rules`; reads as many of the topic. */
  async expect(records: readonly OutboundRecord[], rules: number): Promise<void> {
    this.#rules = rules;
    for (const record of records)
      this.#expected.set(idOf(record.value), { record, rank: this.#rank++, rules });
    for (let i = 0; i < records.length; i++) if (!(await this.#take())) break;
    this.#pair();
  }

  /** No more is expected. `grown`: the topic may hold later batches, so what follows is not unexpected. */
  async end(grown: boolean): Promise<void> {
    while ((!grown || this.#expected.size > 0) && (await this.#take())) this.#pair();
    for (const [id, { record, rules }] of this.#expected) this.#differs('missing', id, record.key, rules);
    if (grown && this.#expected.size > 0) return;
    for (const [id, { record, rules }] of this.#actual)
      this.#differs('unexpected', id, record.key, rules, record.offset);
  }

  /** Reads one record of the topic; false at its end. */
  async #take(): Promise<boolean> {
    const next = await this.records.next();
    if (next.done === true) return false;
    this.#actual.set(this.#free(idOf(next.value.value)), { record: next.value, rules: this.#rules });
    return true;
  }

  #pair(): void {
    for (const [id, expected] of this.#expected) {
      const actual = this.#actual.get(id);
      if (actual === undefined) continue;
      this.#expected.delete(id);
      this.#actual.delete(id);
      this.#match(id, expected, actual.record);
    }
  }

  #match(id: string, { record, rank, rules }: Expected, { value, offset }: LogRecord): void {
    const customer = String(record.key);
    const last = this.#last.get(customer);
    this.#last.set(customer, { rank, offset });
    const sameOrder = last === undefined || rank > last.rank === offset > last.offset;
    if (!sameBytes(record.value, value)) this.#differs('bytes', id, customer, rules, offset);
    else if (!sameOrder) this.#differs('order', id, customer, rules, offset);
    else this.matched += 1;
  }

  #differs(
    problem: Difference['problem'],
    id: string,
    key: string | Buffer | null,
    rules: number,
    offset?: number,
  ): void {
    const { topic, partition } = this;
    const where = { topic, partition, id, customer: String(key), problem, rules };
    this.differences.push(offset === undefined ? where : { ...where, offset });
  }

  /** A second record of one id stays beside the first. */
  #free(id: string): string {
    return this.#actual.has(id) ? this.#free(`${id} again`) : id;
  }
}

export const sameBytes = (a: string | Buffer | null, b: string | Buffer | null): boolean =>
  Buffer.from(a ?? '').equals(Buffer.from(b ?? ''));

export function idOf(value: string | Buffer | null): string {
  try {
    return String((JSON.parse(String(value)) as { id?: unknown }).id);
  } catch {
    return 'not JSON';
  }
}
