import type { Clock } from './clock.port.js';

/** From so many waiting records on there is nothing to be gathered. */
const many = 500;

/** Lets what arrives gather for a while after a batch began: a commit costs a log the same for one record as for hundreds. */
export class Pace {
  #early = false;
  #cancel: (() => void) | undefined;

  /** @param over hears of the end of the interval */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly over: () => void,
  ) {}

  /** A batch begins. The interval is an alarm's and not a difference of times, since a clock may be set back. */
  begun(): void {
    if (this.intervalMs <= 0) return;
    this.stop();
    this.#early = true;
    this.#cancel = this.clock.after(this.intervalMs, () => {
      this.#early = false;
      this.over();
    });
  }

  /** Whether another batch of so many records should wait. */
  isEarly(records: number): boolean {
    return this.#early && records < many;
  }

  stop(): void {
    this.#cancel?.();
    this.#early = false;
  }
}
