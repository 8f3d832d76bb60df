import type { Finder } from './findings.js';

/**
 * Holds what was seen of one customer's outputs against what must be there, in this order. Each is named by a key that is
 * unique within `expected`. True when nothing is lost.
 */
export function compare(
  who: string,
  expected: readonly string[],
  seen: readonly string[],
  found: Finder,
): boolean {
  const place = new Map(expected.map((key, i) => [key, i]));
  const met = new Set<string>();
  let furthest = -1;
  for (const key of seen) {
    const at = place.get(key);
    if (at === undefined) found.wrong(`${who}: nobody asked for ${key}`);
    else if (met.has(key)) found.duplicated(`${who}: ${key} again`);
    else if (at < furthest) found.outOfOrder(`${who}: ${key} stands after ${expected[furthest]}`);
    met.add(key);
    furthest = Math.max(furthest, at ?? -1);
  }
  const missing = expected.filter((key) => !met.has(key));
  for (const key of missing) found.lost(`${who}: ${key}`);
  return missing.length === 0;
}

/** The same where the order means nothing. */
export function compareSets(
  who: string,
  expected: readonly string[],
  seen: readonly string[],
  found: Finder,
): void {
  compare(who, [...expected].sort(), [...seen].sort(), found);
}
