import type { OutboundRecord } from '#pipeline';
import { Random } from '../simulation/random.js';
import { recordOf } from '../simulation/story.js';

export const group = 'kill';
export const partitions = 4;
const customers = Array.from({ length: 40 }, (_, n) => `customer-${n}`);
const begin = Date.parse('2026-01-05T08:00:00Z');
const minute = 60_000;

/** The n-th record that is published under a seed: always the same, a minute or two after the one before. */
export const loadOf = (seed: number, n: number): OutboundRecord =>
  recordOf(new Random(seed * 1_000_003 + n), n, begin + n * 2 * minute, customers, partitions);
