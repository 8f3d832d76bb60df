import fc from 'fast-check';
import type { KnownInputEvent } from '#contracts';
import { retailDefinition } from '../customer.given.js';
import { hash64 } from '../hash.js';
import { histories, shuffled } from '../history.given.js';
import { foldFacts, noFacts, type Facts } from './fold.js';
import { readAll } from './read.js';

const { settings } = retailDefinition;
const standing = { stage: 'exploration', health: 'well', stageSince: 0, healthSince: 0, memory: {} };

const fold = (events: readonly KnownInputEvent[]): Facts =>
  events.reduce((facts, event) => foldFacts(facts, event, hash64(event.id), settings), noFacts);
const known = (facts: Facts) => readAll({ facts, standing, at: facts.lastAt ?? 0, settings });

describe('facts are a function of the set of events', () => {
  test('in whatever order events of one window come', () => {
    fc.assert(
      fc.property(
        histories({ days: 390, most: 40 }).chain((history) =>
          fc.tuple(fc.constant(history), fc.shuffledSubarray([...history], { minLength: history.length })),
        ),
        ([history, shuffle]) => expect(known(fold(shuffle))).toEqual(known(fold(history))),
      ),
      { numRuns: 1_000 },
    );
  });

  test('over years, while none comes later than the window', () => {
    const { purchases } = settings.windows;
    fc.assert(
      fc.property(
        histories({ days: 1500, most: 60 }).chain((history) =>
          fc.tuple(fc.constant(history), shuffled(history, purchases - 1)),
        ),
        ([history, shuffle]) => {
          expect(known(fold(shuffle))).toEqual(known(fold(history)));
          expect(fold(shuffle).late).toBeUndefined();
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
