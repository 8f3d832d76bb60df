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

const HOUR = 3_600_000;

/**
 * The clock that a partition's batches recorded. A timer of a silent customer fires when the watermark passes it: in the
 * batch that recorded that, or since the one before, whichever the due time says. The watermark never goes back, not even
 * while a backfill is folded: then it says nothing, and timers wait until newer events come.
 */
export class RecordedClock implements RehearsalClock {
  readonly #steps: Step[] = [];
  #watermark = -Infinity;
  #before = -Infinity;
  #held = false;
  /** Timers that have not fired by now are judged by this step or a later one. */
  #base = 0;

  /** Of the batch before the present one. */
  get passed(): number {
    return this.#held ? -Infinity : this.#before;
  }

  /** The latest one. */
  get watermark(): number {
    return this.#watermark;
  }

  /** Whether a batch whose newest event is of this time, ms, begins a backfill: whatever is due by `watermark` goes before it. */
  holds(newest: number | undefined, { watermark }: Pick<Step, 'watermark'>): boolean {
    return newest === undefined ? this.#held : newest < watermark - HOUR;
  }

  /** The next batch begins; `newest`: time of its newest event, ms, absent where it holds timers alone. */
  step({ watermark, now, brakes }: Step, newest: number | undefined): void {
    this.#held = this.holds(newest, { watermark });
    this.#before = this.#watermark;
    this.#watermark = Math.max(watermark, this.#watermark);
    if (this.#held) this.#base = this.#steps.length;
    this.#steps.push({ watermark: this.#watermark, now, ...(brakes && { brakes }) });
  }

  judge(due: number): Judge {
    const at = Math.min(this.#firstPast(due), this.#steps.length - 1);
    const { now, brakes, watermark } = this.#steps[at] ?? { now: due, brakes: undefined, watermark: due };
    const before = watermark < due ? now : (this.#steps[at - 1]?.now ?? now);
    return { now: Math.min(Math.max(due, before), now), brakes };
  }

  /** The first step, from the base on, whose watermark is not below `due`. */
  #firstPast(due: number): number {
    let [low, high] = [this.#base, this.#steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#steps[middle]!.watermark < due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
