import { facts, type FactName } from '#contracts';
import { day } from '../facts/calendar.js';
import { factInWords, valueInWords } from './fact-words.js';

const at = Date.UTC(2026, 5, 1);

describe('a fact in words', () => {
  test.each([
    ['recentRate', 0.7, 'recent rate', '0.7 days per cycle'],
    ['purchases', 1, 'purchases', '1 day'],
    ['categoryCount', 1, 'category count', '1 category'],
    ['escalatedCases', 2, 'escalated cases', '2'],
    ['lastNps', 9, 'last NPS', '9 (0 to 10)'],
    ['firstPurchaseAt', at - 120.04 * day, 'first purchase', '120 days ago (2026-01-31)'],
    ['nextContactAt', at + day, 'next contact', 'in 1 day (2026-06-02)'],
    ['detractor', true, 'detractor', 'yes'],
    ['flags', [], 'flags', 'none'],
    ['spend', { EUR: 12.5, USD: 3 }, 'spend', 'EUR 12.5, USD 3'],
    ['lastSatisfiedAt', null, 'last satisfied', 'unknown'],
    ['stageSince', undefined, 'the beginning of the stage', 'unknown'],
  ] as const)('%s %j', (name, value, words, said) => {
    expect([factInWords(name), valueInWords(name, value, at)]).toEqual([words, said]);
  });

  test('keeps to itself who somebody is', () => {
    const personal = (Object.keys(facts) as FactName[]).filter((name) => 'personal' in facts[name]);
    expect(personal).toContain('preferredName');
    for (const name of personal) expect(valueInWords(name, 'Somebody', at)).toBe('not shown');
  });

  test('says a programme’s own words as they are', () => {
    expect([factInWords('orderId'), valueInWords('orderId', 'o-1', at)]).toEqual(['order id', 'o-1']);
  });
});
