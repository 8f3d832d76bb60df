import fc from 'fast-check';
import {
  buys,
  buysEvery,
  day,
  lives,
  on,
  opensCase,
  resolves,
  silence,
  visits,
  escalates,
  recommends,
  retail,
  retailDefinition,
  supplierEnds,
} from '../customer.given.js';
import { outlook } from './outlook.js';

const ways = (story: Parameters<typeof lives>[0], days: number) =>
  outlook(retailDefinition, lives(story).customer, on(days)).map(({ region, to, rule, unmet, awaits }) => ({
    way: `${region} to ${to} by ${rule}`,
    unmet: unmet.map(({ words }) => words),
    awaits,
  }));

describe('what would move a customer', () => {
  const story = buysEvery(10, 0, 120);

  test('is every rule out of the present stage and health, and no other', () => {
    const found = ways(story, 120).map(({ way }) => way);
    expect(found.filter((way) => way.startsWith('stage'))).toEqual([
      'stage to dissolution by lapsed',
      'stage to dissolution by endedBySupplier',
      'stage to commitment by boughtAndRecommends',
      'stage to awareness by boughtRarely',
      'stage to commitment by boughtFaithfully',
    ]);
    expect(found.filter((way) => way.startsWith('health to atRisk'))).toHaveLength(7);
  });

  test('names present and needed value of each unmet condition', () => {
    expect(ways(story, 120).find(({ way }) => way.endsWith('boughtFaithfully'))).toEqual({
      way: 'stage to commitment by boughtFaithfully',
      unmet: [
        'recent rate: 0.846 days per cycle, needs to be at least 1 day per cycle',
        'first purchase: 120 days ago (2026-01-05), needs to be at least 208 days ago',
      ],
      awaits: 'the next “Order completed” or “Survey answered” or “Referral made” or “Case resolved”',
    });
  });

  test('names the date of a timer and how far it is', () => {
    const { customer } = lives(story);
    const lapse = customer.timers.find(({ name }) => name === 'lapse')!;
    const lapsed = (at: number) =>
      outlook(retailDefinition, customer, at).find(({ rule }) => rule === 'lapsed');
    const soon = lapsed(lapse.due - 40 * day);
    expect(soon).toMatchObject({ unmet: [], timer: lapse });
    expect(soon?.awaits).toBe(
      `timer lapse on ${new Date(lapse.due).toISOString().slice(0, 10)} (in 40 days)`,
    );
    expect(lapsed(lapse.due)?.awaits).toContain('(due now)');
  });

  test('says of a timer that is not set that it is not', () => {
    const lapsed = ways([recommends(0, 9)], 0).find(({ way }) => way.endsWith('lapsed'));
    expect(lapsed).toMatchObject({ unmet: [], awaits: 'timer lapse, which is not set' });
  });

  test('asks for what blocks a stage to be gone', () => {
    const blocked = [...story, opensCase(121), escalates(122), recommends(123, 2)];
    expect(
      ways(blocked, 123)
        .find(({ way }) => way.endsWith('boughtFaithfully'))
        ?.unmet.slice(2),
    ).toEqual([
      'escalated cases: 1, need to be below 1',
      'last dissatisfied: 0 days ago (2026-05-08), must not be within the last 90 days',
    ]);
  });

  test('of somebody the supplier gave up says that only the supplier takes them back', () => {
    const found = ways([buys(0), supplierEnds(1)], 2);
    for (const { unmet } of found.filter(({ way }) => way.startsWith('stage')))
      expect(unmet).toContain('ended by supplier: yes, needs to be no');
  });

  test('is ordered by how few conditions are unmet', () => {
    for (const days of [0, 30, 120]) {
      const counts = outlook(retailDefinition, lives(buysEvery(10, 0, days)).customer, on(days)).map(
        ({ unmet, on: events, timer }) =>
          unmet.length + (events.every((event) => event.startsWith('timer.')) && !timer ? 1 : 0),
      );
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
  });

  test('holds good: an event that tells nothing moves exactly those whom a rule on any event lacks nothing', () => {
    const happenings = fc.constantFrom(buys, opensCase, escalates, resolves, (days: number) =>
      recommends(days, 2),
    );
    const stories = fc.array(fc.tuple(happenings, fc.integer({ min: 1, max: 30 })), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 60 }), (steps, pause) => {
        let days = 0;
        const story = steps.map(([happens, gap]) => happens((days += gap)));
        const { customer } = lives([...story, silence(days + pause)]);
        const ready = outlook(retailDefinition, customer, on(days + pause)).some(
          ({ on: events, unmet }) => events.includes('*') && unmet.length === 0,
        );
        const visit = visits(days + pause);
        expect(retail.advance(customer, visit, visit.at).transitions.length > 0).toBe(ready);
      }),
      { numRuns: 200 },
    );
  });
});
