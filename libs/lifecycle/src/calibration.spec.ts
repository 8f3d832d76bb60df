import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { InputEvent } from '#contracts';
import { calibrate, lifeOf, stageAt, usualCycle } from './calibration.js';
import { on, retail } from './customer.given.js';
import type { Stage, Transition } from './types.js';

const fixture = new URL('../../../test/fixtures/complete-journey/baskets.csv.gz', import.meta.url);
const day = 86_400_000;
/** The file's times are UTC; its year is the shop's, of the US Eastern zone. */
const year = { from: Date.parse('2017-01-01T05:00Z'), until: Date.parse('2018-01-01T05:00Z') };
const october = Date.parse('2017-10-01T04:00Z');

function households(): ReadonlyMap<string, readonly InputEvent[]> {
  const [head, ...rows] = gunzipSync(readFileSync(fixture)).toString().trim().split('\n');
  const columns = head!.split(',');
  const events = new Map<string, InputEvent[]>();
  for (const row of rows) {
    const cells = row.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    const total = Number(cell('sales_value'));
    const [id, subject] = [cell('basket_id'), cell('household_id')];
    const at = Date.parse(`${cell('transaction_timestamp').replace(' ', 'T')}Z`);
    const bought = {
      type: 'order.completed.v1',
      data: { orderId: id, total, currency: 'USD', products: [] },
    };
    const visited = { type: 'page.visited.v1', data: { page: '/' } };
    const own = events.get(subject) ?? [];
    events.set(subject, own);
    own.push({ id, source: '/baskets', subject, at, ...(total > 0 ? bought : visited) });
  }
  for (const own of events.values()) own.sort((a, b) => a.at - b.at);
  return events;
}

describe('retail@1 on a year of 414 households of a grocer', () => {
  const baskets = households();
  const lives = [...baskets].map(([household, events]) => ({
    ...lifeOf(retail, household, events, year.until),
    events,
  }));
  const found = calibrate(lives, { at: october, ...year });
  const present = Object.values(found.stages).reduce((sum, count) => sum + count);

  test('no stage holds more than 70 % of them in October, and all five are visited', () => {
    expect(found.customers).toBe(414);
    for (const count of Object.values(found.stages)) expect(count / present).toBeLessThanOrEqual(0.7);
    for (const count of Object.values(found.visited)) expect(count).toBeGreaterThan(0);
  });

  test('whoever shops every week all year ends in expansion or commitment', () => {
    const week = (at: number) => Math.floor((at - year.from) / (7 * day));
    const weekly = lives.filter(({ events }) => {
      const orders = events.filter(({ type }) => type === 'order.completed.v1');
      return new Set(orders.map(({ at }) => week(at))).size >= 52;
    });
    expect(weekly.length).toBeGreaterThan(10);
    for (const life of weekly) expect(['expansion', 'commitment']).toContain(stageAt(life, year.until));
  });

  test('at most one is at risk once a year, and at most 55 % of those come back unaided within 14 days', () => {
    expect(found.atRiskEpisodes).toBeGreaterThan(100);
    expect(found.episodesPerCustomerYear).toBeLessThanOrEqual(1);
    expect(found.unaided).toBeLessThanOrEqual(0.55);
  });

  test('at most 5 % of the stage changes are taken back within 14 days', () => {
    expect(found.stageChanges).toBeGreaterThan(500);
    expect(found.reversed).toBeLessThanOrEqual(0.05);
  });

  test('the cycle is the median of their own mean gaps', () => {
    const gaps = lives.map(({ state }) => retail.factsOf(state)['gapMean']);
    const cycle = usualCycle(gaps.filter((gap) => typeof gap === 'number'));
    expect(Math.round(cycle!)).toBe(8);
  });

  // The figures of decision record 0002 and of the README: when they change, both change.
  test('these are the figures', () => {
    expect(found).toEqual({
      customers: 414,
      stages: { exploration: 3, awareness: 85, expansion: 84, commitment: 224, dissolution: 14 },
      visited: expect.anything() as unknown,
      stageChanges: expect.any(Number) as number,
      reversed: expect.closeTo(0.002, 3) as number,
      atRiskEpisodes: expect.any(Number) as number,
      episodesPerCustomerYear: expect.closeTo(0.71, 2) as number,
      unaided: expect.closeTo(0.46, 2) as number,
    });
  });
});

describe('figures of lives', () => {
  const move = (
    region: 'stage' | 'health',
    days: number,
    from: string,
    to: string,
    facts = {},
  ): Transition => ({
    id: `${days}`,
    region,
    from,
    to,
    at: on(days),
    evidence: { rule: 'any', facts, causes: [] },
  });
  const period = { at: on(100), from: on(0), until: on(365) };
  const life = (transitions: Transition[], contactedAt: number[] = []) => ({
    customer: 'c-1',
    from: on(0),
    transitions,
    contactedAt,
  });

  test('count a change as taken back within 14 days only', () => {
    const backAfter = (days: number) =>
      calibrate(
        [
          life([
            move('stage', 10, 'exploration', 'awareness'),
            move('stage', 10 + days, 'awareness', 'exploration'),
          ]),
        ],
        period,
      ).reversed;
    expect(backAfter(14)).toBe(0.5);
    expect(backAfter(15)).toBe(0);
  });

  test('count a return as unaided only when it is a purchase, soon, and nobody asked for it', () => {
    const episode = (end: Transition, contacts: number[] = []) =>
      calibrate([life([move('health', 10, 'well', 'atRisk'), end], contacts)], period).unaided;
    const bought = (days: number) =>
      move('health', days, 'atRisk', 'recovering', { lastPurchaseAt: on(days) });
    expect(episode(bought(20))).toBe(1);
    expect(episode(bought(25))).toBe(0);
    expect(episode(bought(20), [on(12)])).toBe(0);
    expect(episode(move('health', 20, 'atRisk', 'recovering', { lastSatisfiedAt: on(20) }))).toBe(0);
  });

  test('count a customer from the first event on', () => {
    const late = { ...life([]), from: on(200) };
    const { stages } = calibrate([late], period);
    expect(Object.values(stages).reduce((sum: number, it) => sum + it, 0)).toBe(0);
    expect(stageAt(late, on(200))).toBe('exploration' satisfies Stage);
  });
});
