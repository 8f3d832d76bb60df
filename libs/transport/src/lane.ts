import type { Fetched, LogRecord } from '#pipeline';
import type { Settled } from './committer.js';

/** One topic of one partition: its records one after the other, in offset order. */
export class Lane {
  static readonly ROOM = 1_000;
  readonly #started: Promise<boolean>;
  #queue: Fetched[] = [];
  #buffered = 0;
  #next = 0;
  #working: Promise<void> | undefined;
  #ended = false;
  #roomMade: (() => void)[] = [];

  constructor(
    /** Resolves to the offset from which on records are wanted; undefined when there will be none. */
    start: Promise<number | undefined>,
    /** Undefined when the record was not handled and the lane must end. */
    readonly handle: (record: LogRecord) => Promise<Settled | undefined>,
    readonly settle: (settled: Settled) => Promise<void>,
  ) {
    this.#started = start.then((next) => {
      this.#next = next ?? 0;
      return next !== undefined;
    });
  }

  /** Resolves when there is room for more. */
  async push(fetched: Fetched): Promise<void> {
    if (!this.#ended) {
      this.#queue.push(fetched);
      this.#buffered += fetched.records.length;
      this.#working ??= this.#work().finally(() => (this.#working = undefined));
    }
    while (this.#buffered > Lane.ROOM && !this.#ended)
      await new Promise<void>((resolve) => this.#roomMade.push(resolve));
  }

  /** The offset of the next record to handle. */
  get position(): number {
    return this.#next;
  }

  /** Takes no further record; resolves when the one in hand is done. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#queue = [];
    this.#makeRoom();
    await this.#working;
  }

  async #work(): Promise<void> {
    if (!(await this.#started)) return;
    for (let fetched = this.#queue.shift(); fetched && !this.#ended; fetched = this.#queue.shift()) {
      await this.#take(fetched);
      this.#buffered -= fetched.records.length;
      this.#makeRoom();
    }
  }

  async #take({ topic, records, position }: Fetched): Promise<void> {
    for (const record of records) {
      if (record.offset < this.#next) continue;
      if (this.#ended) return;
      const settled = await this.handle(record);
      if (!settled) {
        this.#ended = true;
        return;
      }
      this.#next = settled.next;
      await this.settle(settled);
    }
    if (position <= this.#next || this.#ended) return;
    this.#next = position;
    await this.settle({ topic, next: position, records: [] });
  }

  #makeRoom(): void {
    for (const resolve of this.#roomMade.splice(0)) resolve();
  }
}
