import { entryOf, pack4, unpack } from './packed.js';

const hour = 3_600_000;
const hashWidth = 11;
const width = 15;
const fewest = 256;
const most = 2_048;
const span = 7 * 24;

/** Identities folded lately, oldest first: 11 characters of hash and 4 of event time in hours, each. */
export type Seen = string;

export const nothingSeen: Seen = '';

export const wasSeen = (seen: Seen, hash: string): boolean => entryOf(seen, hash, width) >= 0;

/**
 * Remembers an identity. Kept are at least the last 256, and all of the 7 days of event time before `latest` (ms), at
 * most 2,048: a function of the folded sequence alone.
 */
export function remember(seen: Seen, hash: string, at: number, latest: number): Seen {
  const next = seen + hash + pack4(Math.max(0, Math.floor(at / hour)));
  const count = next.length / width;
  if (count <= fewest) return next;
  const since = Math.floor(latest / hour) - span;
  let drop = Math.max(0, count - most);
  while (count - drop > fewest && unpack(next, drop * width + hashWidth, 4) < since) drop++;
  return drop === 0 ? next : next.slice(drop * width);
}
