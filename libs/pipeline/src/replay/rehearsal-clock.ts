import type { Brakes } from '#lifecycle';

/** By what a timer is judged: the recorded clock, ms, and what was braked. */
export interface Judge {
  readonly now: number;
  readonly brakes?: Brakes | undefined;
}

/** When timers of a rehearsal fire, though nobody recorded them. */
export interface RehearsalClock {
  /** Event time, ms, up to which every timer has fired before what comes next. */
  readonly passed: number;
  judge(due: number): Judge;
}

/** As if the engine had been up all the time: each timer is judged at its own time. */
export const asLive: RehearsalClock = { passed: -Infinity, judge: (due) => ({ now: due }) };

interface Step {
  readonly watermark: number;
  readonly now: number;
  readonly brakes?: Brakes | undefined;
}

/**
 * The clock that a partition's batches recorded. A timer of a silent customer fires when the watermark passes it: in the
 * batch that recorded that, or since the one before, whichever the due time says.
 */
export class RecordedClock implements RehearsalClock {
  readonly #watermarks: number[] = [];
  readonly #steps: Step[] = [];

  /** Of the batch before the present one. */
  get passed(): number {
    return this.#watermarks.at(-2) ?? -Infinity;
  }

  /** Of the latest batch. */
  get watermark(): number {
    return this.#watermarks.at(-1) ?? -Infinity;
  }

  /** The next batch begins. */
  step({ watermark, now, brakes }: Step): void {
    const last = this.#steps.at(-1);
    this.#watermarks.push(Math.max(watermark, last?.watermark ?? -Infinity));
    this.#steps.push({ watermark, now, ...(brakes && { brakes }) });
  }

  judge(due: number): Judge {
    const at = Math.min(this.#firstPast(due), this.#steps.length - 1);
    const { now, brakes } = this.#steps[at] ?? { now: due, brakes: undefined };
    const before = this.#steps[at - 1]?.now ?? now;
    return { now: Math.min(Math.max(due, before), now), brakes };
  }

  /** The first step whose watermark is not below `due`. */
  #firstPast(due: number): number {
    let [low, high] = [0, this.#watermarks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#watermarks[middle]! < due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
