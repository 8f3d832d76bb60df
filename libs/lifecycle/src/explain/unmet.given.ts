import fc from 'fast-check';
import type { FactName } from '#contracts';
import { retailDefinition } from '../customer.given.js';
import type { GuardRef } from '../definition/guards.js';
import { noEngagement } from '../facts/engagement.js';
import { day } from '../facts/calendar.js';
import { noFacts } from '../facts/fold.js';
import type { Reading } from '../facts/read.js';
import { noProfile } from '../facts/profile.js';
import { newCustomer } from '../state.js';

export const at = Date.UTC(2026, 5, 1);

export const counted = [
  'visits',
  'clicks',
  'bounces',
  'reviews',
  'socialMentions',
  'contestEntries',
  'referralsMade',
  'offersDeclined',
] as const satisfies readonly FactName[];
export const timed = [
  'lastVisitAt',
  'lastClickAt',
  'lastEngagedAt',
  'lastSatisfiedAt',
  'lastDissatisfiedAt',
  'lastDeliveredAt',
] as const satisfies readonly FactName[];
export const worded = ['locale', 'accountManager', 'relationshipType'] as const satisfies readonly FactName[];

/** Values of the facts above, and of `flags`; an absent one is unknown, or 0. */
export type Values = Readonly<Partial<Record<FactName, number | string | readonly string[]>>>;

/** A customer of whom just this is known. */
export function readingOf(values: Values): Reading {
  const of = (names: readonly FactName[]) =>
    Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
  const fields = Object.fromEntries(Object.entries(of(worded)).map(([name, value]) => [name, [value, 0]]));
  const flags = Object.fromEntries(((values.flags ?? []) as string[]).map((flag) => [flag, [true, 0]]));
  return {
    facts: {
      ...noFacts,
      engagement: { ...noEngagement, counts: of(counted), times: of(timed) },
      profile: { ...noProfile, fields, flags },
    } as unknown as Reading['facts'],
    standing: newCustomer('c-1', 'retail@1'),
    at,
    settings: retailDefinition.settings,
  };
}

const amount = fc.integer({ min: 0, max: 6 });
const count = fc.constantFrom(...counted);
const time = fc.constantFrom(...timed);
const word = fc.constantFrom('a', 'b');

const leaf: fc.Arbitrary<GuardRef> = fc.oneof(
  fc.record({
    type: fc.constantFrom('atLeast', 'atMost'),
    params: fc.record({ fact: count, value: amount }),
  }),
  fc.record({
    type: fc.constantFrom('within', 'olderThan'),
    params: fc.record({ fact: time, days: amount }),
  }),
  fc.record({
    type: fc.constant('is'),
    params: fc.record({ fact: fc.constantFrom(...worded), value: word }),
  }),
  fc.record({
    type: fc.constant('has'),
    params: fc.record({ fact: fc.constant('flags' as const), value: word }),
  }),
);

/** Guard trees up to four deep. */
export const guards: fc.Arbitrary<GuardRef> = fc.letrec<{ guard: GuardRef }>((tie) => {
  const several = fc.record({ guards: fc.array(tie('guard'), { minLength: 1, maxLength: 3 }) });
  return {
    guard: fc.oneof(
      { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.record({ type: fc.constantFrom('and', 'or'), params: several }),
      fc.record({ type: fc.constant('not'), params: fc.record({ guard: tie('guard') }) }),
    ),
  };
}).guard;

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

export const lives: fc.Arbitrary<Values> = fc
  .record({
    ...Object.fromEntries(counted.map((name) => [name, maybe(amount)])),
    ...Object.fromEntries(timed.map((name) => [name, maybe(amount.map((days) => at - days * day))])),
    ...Object.fromEntries(worded.map((name) => [name, maybe(word)])),
    flags: fc.subarray(['a', 'b']),
  })
  .map((values) => values as Values);
