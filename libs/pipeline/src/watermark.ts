import type { Located } from './topic-buffer.js';

const HOUR = 3_600_000;

/**
 * The event time up to which timers may fire. It never goes back nor past the clock, and it does not jump to the clock
 * while a backfill arrives: between two of its chunks the log looks read to its end, and everyone would look overdue.
 */
export class Watermark {
  #at: number;
  #heldUntil = 0;
  #settledBefore = 0;

  /** `graceMs`: how long after the last arrival of an old event a backfill counts as going on. */
  constructor(
    private readonly graceMs: number,
    start: number,
  ) {
    this.#at = start;
  }

  get at(): number {
    return this.#at;
  }

  advance(to: number, now: number): void {
    this.#at = Math.max(this.#at, Math.min(to, now));
  }

  /** What the watermark is once nothing is left to read. */
  caughtUp(now: number): number {
    return now < this.#heldUntil ? this.#at : now;
  }

  /** Notes a record's arrival; a timer's own record is always late and says nothing. */
  arrived({ record, decoded, at }: Located): void {
    if (!decoded.ok || decoded.event.type === 'timer.due.v1' || record.timestamp <= this.#settledBefore)
      return;
    if (record.timestamp - at > HOUR) this.hold(record.timestamp);
  }

  /** Records of other partitions pass through here: the others may be behind. */
  hold(now: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, now + this.graceMs);
  }

  /** Whoever backfilled says that all of it is in the log. */
  settle(now: number): void {
    this.#settledBefore = now;
    this.#heldUntil = 0;
  }
}
