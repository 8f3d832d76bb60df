import type { Progress } from './progress.js';

/** Adds up how far all partitions are, each weighed by its batches. */
export class HowFar {
  readonly #begun = performance.now();
  readonly #shares: number[];
  readonly #events: number[];
  readonly #total: number;

  constructor(
    private readonly sizes: readonly number[],
    private readonly progress: Progress,
  ) {
    this.#shares = sizes.map(() => 0);
    this.#events = sizes.map(() => 0);
    this.#total = Math.max(
      1,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }

  finished(partition: number): void {
    this.at(partition, 1, this.#events[partition] ?? 0);
  }

  at(partition: number, share: number, events: number): void {
    this.#shares[partition] = share;
    this.#events[partition] = events;
    this.progress.at(
      this.#share,
      this.#events.reduce((sum, count) => sum + count, 0),
    );
  }

  /** Seconds since the beginning, and those left at the present rate. */
  get seconds(): { readonly gone: number; readonly left: number } {
    const gone = (performance.now() - this.#begun) / 1_000;
    return { gone, left: this.#share > 0 ? (gone * (1 - this.#share)) / this.#share : Infinity };
  }

  get #share(): number {
    return this.#shares.reduce((sum, one, i) => sum + one * (this.sizes[i] ?? 0), 0) / this.#total;
  }
}
