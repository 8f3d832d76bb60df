import type { RecordedBatch } from '#pipeline';

/** Batches of one partition that one rules revision decided, without a gap. Times RFC 3339, by the recorded clock. */
export interface RulesRange {
  readonly partition: number;
  readonly rules: number;
  readonly firstBatch: number;
  readonly lastBatch: number;
  readonly from: string;
  readonly to: string;
  readonly differences: number;
}

interface Open {
  readonly rules: number;
  readonly firstBatch: number;
  lastBatch: number;
  readonly from: number;
  to: number;
  differences: number;
}

/** Puts batches together into ranges of one rules revision each. */
export class Ranges {
  readonly #ranges: Open[] = [];

  constructor(private readonly partition: number) {}

  batch({ rules, number, now }: RecordedBatch): void {
    const last = this.#ranges.at(-1);
    if (last?.rules === rules) {
      last.lastBatch = number;
      last.to = now;
    } else
      this.#ranges.push({ rules, firstBatch: number, lastBatch: number, from: now, to: now, differences: 0 });
  }

  /** A difference of a batch that this revision decided; revisions only go forward, so it names its range. */
  differs(rules: number): void {
    const range = this.#ranges.findLast((it) => it.rules === rules);
    if (range) range.differences += 1;
  }

  all(): RulesRange[] {
    return this.#ranges.map(({ from, to, ...range }) => ({
      ...{ partition: this.partition, ...range },
      ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    }));
  }
}
