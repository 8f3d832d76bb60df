import type { Decoded } from '#contracts';
import type { Fetched, LogRecord } from './event-log.port.js';

/** A record with what decoding found; `at` is its event time in ms, -Infinity where it has none. */
export interface Located {
  readonly record: LogRecord;
  readonly decoded: Decoded;
  readonly at: number;
}

/** The fetched, not yet committed records of one topic at one partition index. */
export class TopicBuffer {
  #records: Located[] = [];
  /** Next offset to fetch, and the topic's known end; undefined until the log has said. */
  position: number | undefined;
  end: number | undefined;

  constructor(
    readonly topic: string,
    private readonly decode: (record: LogRecord) => Located,
  ) {}

  get records(): readonly Located[] {
    return this.#records;
  }

  /** More records exist that have not been fetched, or nobody knows yet. */
  get lagging(): boolean {
    return this.position === undefined || this.end === undefined || this.position < this.end;
  }

  /** Takes records past what it holds; a log may deliver again what was delivered before. */
  push(fetched: Fetched): void {
    const from = Math.max(this.position ?? 0, (this.#records.at(-1)?.record.offset ?? -1) + 1);
    for (const record of fetched.records) if (record.offset >= from) this.#records.push(this.decode(record));
    this.position = Math.max(this.position ?? 0, fetched.position);
    this.end = Math.max(this.end ?? 0, fetched.end);
  }

  /** Forgets the records below `offset`: they are committed. */
  drop(offset: number): void {
    const keep = this.#records.findIndex((r) => r.record.offset >= offset);
    this.#records = keep === -1 ? [] : this.#records.slice(keep);
  }

  /** The records `from ≤ offset < to`. */
  slice(from: number, to: number): readonly Located[] {
    return this.#records.filter((r) => r.record.offset >= from && r.record.offset < to);
  }

  /** All of `offset < to` has been fetched. */
  covers(to: number): boolean {
    return this.position !== undefined && this.position >= to;
  }
}
