import type { KnownInputEvent } from '#contracts';
import { on, retailDefinition } from '../customer.given.js';
import { hash64 } from '../hash.js';
import { foldFacts, noFacts, type Facts } from './fold.js';
import { readAll } from './read.js';

/** Every fact known after these events, as of a day. */
export function known(events: readonly KnownInputEvent[], days?: number) {
  const { settings } = retailDefinition;
  const facts = events.reduce<Facts>(
    (it, event, i) => foldFacts(it, event, hash64(`${i}`), settings),
    noFacts,
  );
  const standing = { stage: 'exploration', health: 'well', stageSince: 0, healthSince: 0, memory: {} };
  return readAll({ facts, standing, at: days === undefined ? (facts.lastAt ?? 0) : on(days), settings });
}
