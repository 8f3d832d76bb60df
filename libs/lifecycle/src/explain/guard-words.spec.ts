import { retailDefinition } from '../customer.given.js';
import type { GuardRef } from '../definition/guards.js';
import { guardInWords } from './guard-words.js';
import { rulesOf } from './rules-of.js';

const atLeast = (fact: string, value: number): GuardRef => ({ type: 'atLeast', params: { fact, value } });
const all = (...guards: GuardRef[]): GuardRef => ({ type: 'and', params: { guards } });
const any = (...guards: GuardRef[]): GuardRef => ({ type: 'or', params: { guards } });
const not = (guard: GuardRef): GuardRef => ({ type: 'not', params: { guard } });
const words = (guard: GuardRef) => guardInWords(guard, 8);
const [a, b, c] = [atLeast('visits', 1), atLeast('clicks', 2), atLeast('reviews', 3)];

describe('a guard in words', () => {
  test('names the fact, and the length in days by the cycle', () => {
    expect(
      words({ type: 'olderThan', params: { fact: 'firstPurchaseAt', days: { cycles: 26, atMost: 365 } } }),
    ).toBe('first purchase is at least 208 days ago');
    expect(words({ type: 'within', params: { fact: 'lastSatisfiedAt', days: 1 } })).toBe(
      'last satisfied is within the last 1 day',
    );
    expect(
      words({
        type: 'olderThan',
        params: { fact: 'lastPurchaseAt', days: { fact: 'overdueAfter', times: 2, atMost: 400 } },
      }),
    ).toBe('last purchase is at least 2 × the silence that makes overdue, at most 400 days ago');
  });

  test('puts brackets where and meets or, and nowhere else', () => {
    expect(words(all(a, any(b, c)))).toBe(
      'visits are at least 1 and (clicks are at least 2 or reviews are at least 3)',
    );
    expect(words(all(a, all(b, c)))).toBe(
      'visits are at least 1 and clicks are at least 2 and reviews are at least 3',
    );
    expect(words(any(all(a)))).toBe('visits are at least 1');
  });

  test('says a negation at the very fact that it is about', () => {
    expect(words(not(any(a, all(b, c))))).toBe(
      'visits are below 1 and (clicks are below 2 or reviews are below 3)',
    );
    expect(words(not(not(a)))).toBe(words(a));
    expect(words(not({ type: 'is', params: { fact: 'stage', value: 'dissolution' } }))).toBe(
      'stage is other than dissolution',
    );
    expect(words(not({ type: 'has', params: { fact: 'flags', value: 'fraud' } }))).toBe(
      'flags do not include fraud',
    );
  });

  test('exists for every rule of retail@1, without a fact’s bare name or an object', () => {
    for (const { when } of rulesOf(retailDefinition)) {
      expect(when).not.toMatch(/[a-z][A-Z]|object|undefined|NaN/);
      expect(when.length).toBeGreaterThan(5);
    }
  });
});

test('a rule that hangs on several events is one rule', () => {
  const expand = rulesOf(retailDefinition).filter(({ rule }) => rule === 'boughtRegularly');
  expect(expand).toMatchObject([
    {
      region: 'stage',
      from: 'awareness',
      to: 'expansion',
      when: 'recent rate is at least 0.6 days per cycle',
      on: ['order.completed.v1', 'survey.answered.v1', 'referral.made.v1'],
    },
  ]);
});
