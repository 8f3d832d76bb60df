import type { Random } from './random.js';
import type { Schedule } from './schedule.js';

type How = 'away' | 'slow' | 'failing';

/** How the store is for a while, in steps. */
export class Weather {
  readonly #until = { away: 0, slow: 0, failing: 0 };

  constructor(
    private readonly schedule: Schedule,
    private readonly random: Random,
  ) {}

  becomes(how: How, steps: number): void {
    this.#until[how] = this.schedule.steps + steps;
  }

  /** ms until an answer. */
  delay(): number {
    return this.#is('slow') ? this.random.below(5_000) : 0;
  }

  fails(): boolean {
    return this.#is('away') || (this.#is('failing') && this.random.chance(0.4));
  }

  #is(how: How): boolean {
    return this.schedule.steps < this.#until[how];
  }
}
