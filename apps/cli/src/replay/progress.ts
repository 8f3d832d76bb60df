import type { Terminal } from '../terminal.js';

const everyMs = 250;
/** A progress line is not written where nobody watches; these lines stay. */
const saidEveryMs = 10_000;

/** Says how far a long work is, how fast it goes and how long it will take. Shares are of 1. */
export class Progress {
  readonly #begun: number;
  #last = -Infinity;
  #said: number;

  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number,
    private readonly what: string,
  ) {
    this.#begun = now();
    this.#said = this.#begun;
  }

  at(share: number, events: number): void {
    const now = this.now();
    if (now - this.#last < everyMs) return;
    this.#last = now;
    const seconds = (now - this.#begun) / 1_000;
    const left = share > 0 ? (seconds * (1 - share)) / share : undefined;
    const parts = [
      `${(100 * share).toFixed(0)} %`,
      `${events.toLocaleString('en')} events`,
      `${rate(events, seconds)}/s`,
      ...(left === undefined ? [] : [`about ${inWords(left)} left`]),
    ];
    const line = `${this.what}: ${parts.join(', ')}`;
    if (now - this.#said < saidEveryMs) return this.terminal.progress(line);
    this.#said = now;
    this.terminal.say(line);
  }

  /** The whole, in one line that stays. */
  done(events: number): void {
    const seconds = (this.now() - this.#begun) / 1_000;
    this.terminal.say(
      `${this.what}: ${events.toLocaleString('en')} events in ${inWords(seconds)}, ${rate(events, seconds)}/s`,
    );
  }
}

const rate = (events: number, seconds: number) =>
  Math.round(events / Math.max(seconds, 0.001)).toLocaleString('en');

const inWords = (seconds: number): string => {
  if (seconds < 100) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
};
