import type { Random } from './random.js';

interface Waiting {
  readonly may: () => boolean;
  readonly go: () => void;
}

interface Alarm {
  readonly due: number;
  readonly may: () => boolean;
  readonly ring: () => void;
}

const longestPause = 20;

/** Decides, from a seed, which of all that could go on goes on next. Time passes between two steps, or up to the next alarm. */
export class Schedule {
  readonly #waiting: Waiting[] = [];
  readonly #alarms: Alarm[] = [];
  now: number;
  steps = 0;

  constructor(
    private readonly random: Random,
    start: number,
  ) {
    this.now = start;
  }

  /** Resolves when it is chosen; never while `may` says no. */
  turn(may: () => boolean): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ may, go: resolve }));
  }

  /** Resolves `ms` from now. */
  pause(ms: number, may: () => boolean): Promise<void> {
    return new Promise((resolve) => this.after(ms, may, resolve));
  }

  /** Rings `ms` from now; returns what cancels it. */
  after(ms: number, may: () => boolean, ring: () => void): () => void {
    const alarm = { due: this.now + Math.ceil(ms), may, ring };
    this.#alarms.push(alarm);
    return () => remove(this.#alarms, alarm);
  }

  /** One step; false where nothing can go on. */
  async step(): Promise<boolean> {
    this.steps++;
    this.now += this.random.below(longestPause);
    const ready = this.#waiting.filter(({ may }) => may());
    const ringing = this.#alarms.filter(({ due, may }) => due <= this.now && may());
    const choices = ready.length + ringing.length;
    if (choices === 0) return this.#skip();
    const choice = this.random.below(choices);
    if (choice < ready.length) {
      const chosen = ready[choice]!;
      remove(this.#waiting, chosen);
      chosen.go();
    } else this.#ring(ringing[choice - ready.length]!);
    await settled();
    return true;
  }

  async #skip(): Promise<boolean> {
    let next: Alarm | undefined;
    for (const alarm of this.#alarms) if (alarm.may() && !(next && next.due <= alarm.due)) next = alarm;
    if (!next) return false;
    this.now = Math.max(this.now, next.due);
    this.#ring(next);
    await settled();
    return true;
  }

  #ring(alarm: Alarm): void {
    remove(this.#alarms, alarm);
    alarm.ring();
  }
}

function remove<T>(list: T[], one: T): void {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
}

/** Everything that follows at once has followed. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
