import type { Recipe } from './plan.js';

/** How much is done to which set-up. */
export interface Form {
  /** `cluster`: several engines on Kafka and the MongoDB server. `single`: one engine on Kafka and the embedded store. */
  readonly mode: 'cluster' | 'single';
  readonly engines: number;
  readonly partitions: number;
  readonly events: number;
  readonly customers: number;
  readonly recipe: Recipe;
}

export const full: readonly Form[] = [
  {
    mode: 'cluster',
    engines: 3,
    partitions: 6,
    events: 20_000,
    customers: 500,
    recipe: {
      'engine killed': { times: 6, ms: 0 },
      'engine suspended': { times: 4, ms: 26_000 },
      'member removed': { times: 3, ms: 0 },
      'member added': { times: 3, ms: 0 },
      'broker killed': { times: 3, ms: 0 },
      'store killed': { times: 3, ms: 0 },
      'store silent': { times: 2, ms: 60_000 },
      'store slow': { times: 2, ms: 15_000 },
      'store connections cut': { times: 3, ms: 0 },
      'store connections dead': { times: 2, ms: 0 },
    },
  },
  {
    mode: 'single',
    engines: 1,
    partitions: 6,
    events: 200_000,
    customers: 5_000,
    recipe: {
      'engine killed': { times: 12, ms: 0 },
      'engine suspended': { times: 5, ms: 26_000 },
      'broker killed': { times: 5, ms: 0 },
    },
  },
];

/** What CI has time for. */
export const short: readonly Form[] = [
  {
    mode: 'cluster',
    engines: 2,
    partitions: 4,
    events: 4_000,
    customers: 120,
    recipe: {
      'engine killed': { times: 1, ms: 0 },
      'engine suspended': { times: 1, ms: 22_000 },
      'member added': { times: 1, ms: 0 },
      'member removed': { times: 1, ms: 0 },
      'broker killed': { times: 1, ms: 0 },
      'store killed': { times: 1, ms: 0 },
      'store silent': { times: 1, ms: 8_000 },
      'store slow': { times: 1, ms: 4_000 },
      'store connections cut': { times: 1, ms: 0 },
    },
  },
  {
    mode: 'single',
    engines: 1,
    partitions: 4,
    events: 20_000,
    customers: 500,
    recipe: { 'engine killed': { times: 1, ms: 0 } },
  },
];
