import { copied } from '../copied.js';

/** The latest word on something: value, event time in ms, and the identity's hash, which settles a tie. */
export type Latest<T> = readonly [value: T, at: number, tie: string];

/** Keeps whichever is later; of two at the same time the one with the greater tie. */
export function latest<T>(known: Latest<T> | undefined, value: T, at: number, tie: string): Latest<T> {
  if (known && (known[1] > at || (known[1] === at && known[2] >= tie))) return known;
  return [value, at, tie];
}

export const later = (known: number | undefined, at: number): number =>
  known === undefined || at > known ? at : known;

export const earlier = (known: number | undefined, at: number): number =>
  known === undefined || at < known ? at : known;

/** Adds to a count by name, leaving the argument as it was. */
export function tally(
  counts: Readonly<Record<string, number>>,
  name: string,
  by = 1,
): Readonly<Record<string, number>> {
  const next = copied(counts);
  next[name] = (counts[name] ?? 0) + by;
  return next;
}
