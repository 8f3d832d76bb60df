import type { Located } from './topic-buffer.js';

const HOUR = 3_600_000;

/**
 * The event time that a task has reached. It never goes back nor past the clock, and it stays where it is while a
 * backfill arrives: between two of its chunks a topic looks read to its end, and everyone would look overdue.
 */
export class Watermark {
  #at: number;
  /** Up to where everything has been folded, of what is being read now: behind `at` while older events are read. */
  #frontier = -Infinity;
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

  /**
   * A backfill is arriving. `now` may have been read a little before the last arrival; a hold that begins much later was
   * set before the clock was set back.
   */
  held(now: number): boolean {
    return now < this.#heldUntil && this.#heldUntil - now <= 2 * this.graceMs;
  }

  /** What it may become when all records up to `to` are folded. */
  reach(to: number, now: number): number {
    return this.held(now) ? this.#at : Math.max(this.#at, Math.min(to, now));
  }

  /** A batch that is done says so: it stands, also where a backfill began to arrive before it was done. */
  recorded(at: number): void {
    this.#at = Math.max(this.#at, at);
  }

  /** Where an earlier owner stood. How far this one has read is yet to be seen. */
  restore(at: number): void {
    this.recorded(at);
    this.#frontier = -Infinity;
  }

  /** All records up to `to` are folded. */
  advance(to: number, now: number): void {
    this.#at = this.reach(to, now);
    this.#frontier = Math.min(to, now);
  }

  /** Timers of silent customers may be published up to here: nothing older is still to be folded. */
  timersUpTo(now: number): number {
    return this.held(now) ? -Infinity : Math.min(this.#at, this.#frontier);
  }

  /**
   * Notes a record's arrival; a timer's own record is always late and says nothing. Where the log's clock is ahead of
   * `now` the hold is counted from `now`.
   */
  arrived({ record, decoded, at }: Located, now: number): void {
    if (!decoded.ok || decoded.event.type === 'timer.due.v1' || record.timestamp <= this.#settledBefore)
      return;
    if (record.timestamp - at > HOUR) this.hold(Math.min(record.timestamp, now));
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
