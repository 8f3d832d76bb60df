import fc from 'fast-check';
import type { FactName } from '#contracts';
import { compileGuard, type GuardRef } from '../definition/guards.js';
import { day } from '../facts/calendar.js';
import { unmet, type Condition } from './unmet.js';
import { at, guards, lives, readingOf, type Values } from './unmet.given.js';

const cycle = 8;
const holds = (guard: GuardRef, values: Values) => compileGuard(guard, cycle)(readingOf(values));

/** The same customer, for whom one condition is met. */
function met({ fact, literal: { guard, negated } }: Condition, values: Values): Values {
  const { value, days } = guard.params as { readonly value?: number | string; readonly days?: number };
  switch (guard.type) {
    case 'atLeast':
      return { ...values, [fact]: negated ? Number(value) - 1 : Number(value) };
    case 'atMost':
      return { ...values, [fact]: negated ? Number(value) + 1 : Number(value) };
    case 'within':
      return { ...values, [fact]: at - (negated ? days! + 1 : days!) * day };
    case 'olderThan':
      return { ...values, [fact]: at - (negated ? days! - 1 : days!) * day };
    case 'is':
      return { ...values, [fact]: negated ? 'another' : String(value) };
    default: {
      const flags = (values.flags ?? []) as readonly string[];
      const asked = String(value);
      return { ...values, flags: negated ? flags.filter((flag) => flag !== asked) : [...flags, asked] };
    }
  }
}

/** Whether two leaves of a guard ask about one fact, so that meeting one may break the other. */
function asksTwice(guard: GuardRef): boolean {
  const asked: FactName[] = [];
  const visit = ({ params = {} }: GuardRef): void => {
    if (params['fact'] !== undefined) asked.push(params['fact'] as FactName);
    if (params['guard'] !== undefined) visit(params['guard'] as GuardRef);
    for (const one of (params['guards'] ?? []) as readonly GuardRef[]) visit(one);
  };
  visit(guard);
  return new Set(asked).size < asked.length;
}

describe('what is unmet of a guard', () => {
  test('is nothing if and only if the guard holds', () => {
    fc.assert(
      fc.property(guards, lives, (guard, values) => {
        expect(unmet(guard, readingOf(values)).length === 0).toBe(holds(guard, values));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is enough: a customer who meets it all, and is the same otherwise, passes the guard', () => {
    fc.assert(
      fc.property(guards, lives, (guard, values) => {
        fc.pre(!asksTwice(guard));
        const better = unmet(guard, readingOf(values)).reduce((it, condition) => met(condition, it), values);
        expect(holds(guard, better)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is no more than needed: without any one of its conditions the guard does not hold', () => {
    fc.assert(
      fc.property(guards, lives, (guard, values) => {
        fc.pre(!asksTwice(guard));
        const conditions = unmet(guard, readingOf(values));
        for (const left of conditions) {
          const others = conditions.filter((it) => it !== left).reduce((it, one) => met(one, it), values);
          expect(holds(guard, others)).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  const words = (guard: GuardRef, values: Values) => unmet(guard, readingOf(values)).map((it) => it.words);
  const atLeast = (fact: FactName, value: unknown): GuardRef => ({
    type: 'atLeast',
    params: { fact, value },
  });

  test('is said with the present value, the unit and what it needs to be', () => {
    expect(words(atLeast('visits', 3), { visits: 1 })).toEqual(['visits: 1, need to be at least 3']);
    expect(
      words(
        { type: 'olderThan', params: { fact: 'lastVisitAt', days: { cycles: 26, atMost: 365 } } },
        {
          lastVisitAt: at - 120 * day,
        },
      ),
    ).toEqual(['last visit: 120 days ago (2026-02-01), needs to be at least 208 days ago']);
    expect(words({ type: 'has', params: { fact: 'flags', value: 'vip' } }, {})).toEqual([
      'flags: none, need to include vip',
    ]);
    expect(
      words({ type: 'after', params: { fact: 'lastClickAt', than: 'lastVisitAt' } }, { lastVisitAt: at }),
    ).toEqual(['last click: unknown, needs to be after last visit, 0 days ago (2026-06-01)']);
  });

  test('of a negation is said as what must not be', () => {
    const blocked: GuardRef = {
      type: 'not',
      params: {
        guard: { type: 'or', params: { guards: [atLeast('bounces', 1), atLeast('offersDeclined', 2)] } },
      },
    };
    expect(words(blocked, { bounces: 1, offersDeclined: 2 })).toEqual([
      'bounces: 1 message, need to be below 1 message',
      'offers declined: 2, need to be below 2',
    ]);
  });

  test('of an alternative is the branch that asks for the fewest', () => {
    const far: GuardRef = { type: 'and', params: { guards: [atLeast('visits', 5), atLeast('clicks', 5)] } };
    const either: GuardRef = { type: 'or', params: { guards: [far, atLeast('reviews', 1)] } };
    expect(words(either, {})).toEqual(['reviews: 0, need to be at least 1']);
  });

  test('says when time alone will meet it', () => {
    const [condition] = unmet(
      { type: 'olderThan', params: { fact: 'lastVisitAt', days: 30 } },
      readingOf({ lastVisitAt: at - 20 * day }),
    );
    expect(condition?.byItselfAt).toBe(at + 10 * day);
    expect(unmet(atLeast('visits', 1), readingOf({}))[0]).not.toHaveProperty('byItselfAt');
  });

  test('never shows a fact that names a person', () => {
    const [condition] = unmet({ type: 'is', params: { fact: 'preferredName', value: 'x' } }, readingOf({}));
    expect(condition).not.toHaveProperty('value');
    expect(condition?.words).toBe('preferred name: not shown, needs to be x');
  });
});
