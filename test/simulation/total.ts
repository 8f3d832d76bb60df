import type { Counts } from './census.js';

/** What many runs come to. */
export interface Total {
  readonly runs: number;
  readonly events: number;
  readonly steps: number;
  readonly batches: number;
  readonly made: Counts;
}

export const emptyTotal = { runs: 0, events: 0, steps: 0, batches: 0 };
