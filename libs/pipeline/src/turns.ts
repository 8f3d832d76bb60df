/**
 * Shares an engine's one thread among its tasks: at most so many records are folded and committed at the same time, and
 * whoever asked first comes first. Small batches go side by side; of full ones one or two are under way, which bounds
 * both what they hold in memory and how long each transaction stays open.
 */
export class Turns {
  #free: number;
  #waiting: { readonly records: number; readonly go: () => void }[] = [];

  constructor(private readonly capacity: number) {
    this.#free = capacity;
  }

  /** Does the work when its turn has come. `records`: how many it may take at most. */
  async take<T>(records: number, work: () => Promise<T>): Promise<T> {
    const weight = Math.min(Math.max(records, 1), this.capacity);
    if (this.#waiting.length === 0 && weight <= this.#free) this.#free -= weight;
    else await new Promise<void>((go) => this.#waiting.push({ records: weight, go }));
    try {
      return await work();
    } finally {
      this.#free += weight;
      this.#next();
    }
  }

  #next(): void {
    for (let first = this.#waiting[0]; first && first.records <= this.#free; first = this.#waiting[0]) {
      this.#free -= first.records;
      this.#waiting.shift();
      first.go();
    }
  }
}
