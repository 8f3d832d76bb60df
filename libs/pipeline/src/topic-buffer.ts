import type { Decoded } from '#contracts';
import type { Fetched, LogRecord } from './event-log.port.js';

/** A record with what decoding found; `at` is its event time in ms, -Infinity where it has none. */
export interface Located {
  readonly record: LogRecord;
  readonly decoded: Decoded;
  readonly at: number;
}

/**
 * The fetched, not yet committed records of one topic at one partition index. They are decoded when they are looked at: as
 * decoded events they take several times the room, and what waits long is copied again and again by the collector.
 */
export class TopicBuffer {
  #records: Located[] = [];
  /** After those, not decoded yet. */
  #fresh: { readonly record: LogRecord; readonly arrived: number }[] = [];
  /** Next offset to fetch, and the topic's known end; undefined until the log has said. */
  position: number | undefined;
  end: number | undefined;

  constructor(
    readonly topic: string,
    /** `arrived`: when it was pushed, ms. */
    private readonly decode: (record: LogRecord, arrived: number) => Located,
  ) {}

  get length(): number {
    return this.#records.length + this.#fresh.length;
  }

  get records(): readonly Located[] {
    this.look();
    return this.#records;
  }

  /** Decodes what was not yet. */
  look(): void {
    if (this.#fresh.length === 0) return;
    for (const { record, arrived } of this.#fresh) this.#records.push(this.decode(record, arrived));
    this.#fresh = [];
  }

  /** More records exist that have not been fetched, or nobody knows yet. */
  get lagging(): boolean {
    return this.position === undefined || this.end === undefined || this.position < this.end;
  }

  /** Takes records past what it holds; a log may deliver again what was delivered before. */
  push(fetched: Fetched, now: number): void {
    const last = this.#fresh.at(-1) ?? this.#records.at(-1);
    const from = Math.max(this.position ?? 0, (last?.record.offset ?? -1) + 1);
    for (const record of fetched.records)
      if (record.offset >= from) this.#fresh.push({ record, arrived: now });
    this.position = Math.max(this.position ?? 0, fetched.position);
    this.end = Math.max(this.end ?? 0, fetched.end);
  }

  /** Forgets the records below `offset`: they are committed. */
  drop(offset: number): void {
    this.#records = since(this.#records, offset);
    if (this.#records.length === 0) this.#fresh = since(this.#fresh, offset);
  }

  /** The records `from ≤ offset < to`. */
  slice(from: number, to: number): readonly Located[] {
    return this.records.filter((r) => r.record.offset >= from && r.record.offset < to);
  }

  /** All of `offset < to` has been fetched. */
  covers(to: number): boolean {
    return this.position !== undefined && this.position >= to;
  }
}

function since<T extends { readonly record: LogRecord }>(records: T[], offset: number): T[] {
  const keep = records.findIndex(({ record }) => record.offset >= offset);
  return keep === -1 ? [] : records.slice(keep);
}
