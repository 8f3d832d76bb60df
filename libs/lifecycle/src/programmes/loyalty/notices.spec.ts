import { buys, event, opensCase, silence } from '../../customer.given.js';
import { lives, redeems, withLoyalty, type Life } from './loyalty.given.js';

const consent = event('consent.changed.v1', -1, { channel: 'email', purpose: 'marketing', granted: true });
const order = (days: number, total: number) => buys(days, { orderId: `o-${days}`, total });
const weekly = (weeks: number, total: number) =>
  Array.from({ length: weeks }, (_, week) => order(7 * week, total));
const said = ({ requested }: Life, what: string) =>
  requested.filter(({ template }) => template === `loyalty.${what}`);

describe('a milestone', () => {
  test('is told when the spendable points pass it, not at every basket', () => {
    const life = lives([...weekly(20, 60), silence(180)]);
    const told = said(life, 'milestone').map(({ variables }) => variables['points']);
    expect(told).toEqual([540, 1020]);
    expect(life.entries.filter(({ reason }) => reason === 'released').length).toBeGreaterThan(15);
  });

  test('is told at most once in thirty days', () => {
    const life = lives(
      [...weekly(20, 700), silence(180)],
      withLoyalty({ tiers: [{ name: 'all', from: 0 }] }),
    );
    const times = said(life, 'milestone').map(({ notBefore }) => notBefore);
    for (const [n, at] of times.entries())
      if (n > 0) expect(at - times[n - 1]!).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect(times.length).toBeGreaterThan(3);
  });

  test('is not told while a case is open', () => {
    expect(said(lives([order(0, 600), opensCase(30), silence(60)]), 'milestone')).toEqual([]);
    expect(said(lives([order(0, 600), silence(60)]), 'milestone')).toHaveLength(1);
  });

  test('is not told where less than that was earned', () => {
    expect(lives([order(0, 499), silence(200)]).requested).toEqual([]);
  });
});

describe('points that expire', () => {
  const shop = withLoyalty({ expiryMonths: 3, tiers: [{ name: 'all', from: 0 }] });

  test('are warned of thirty days before, once for all that follow shortly', () => {
    const life = lives([order(0, 300), order(31, 200), silence(200)], shop);
    const [first, ...more] = said(life, 'points-expiring');
    expect(first).toMatchObject({
      purpose: 'service',
      variables: { points: 500, from: '2026-06-01T04:00:00.000Z' },
    });
    expect(new Date(first!.notBefore).toISOString()).toBe('2026-05-02T04:00:00.000Z');
    expect(more).toEqual([]);
    expect(life.entries.filter(({ reason }) => reason === 'expired').map(({ at }) => at)).toEqual(
      ['2026-06-01', '2026-07-01'].map((day) => Date.parse(`${day}T04:00:00Z`)),
    );
  });

  test('are not warned of where they are few, or spent', () => {
    expect(said(lives([order(0, 99), silence(200)], shop), 'points-expiring')).toEqual([]);
    const spent = [order(0, 600), silence(60), redeems(60, 'r-1', 600), silence(200)];
    expect(said(lives(spent, shop), 'points-expiring')).toEqual([]);
  });
});

describe('an offer', () => {
  test('goes to a frequent buyer with a purchase, with a coupon and an end', () => {
    const life = lives([consent, ...weekly(12, 20)]);
    expect(said(life, 'frequent-buyer')).toMatchObject([
      { kind: 'offer', purpose: 'marketing', variables: { percent: 8, until: '2026-04-22T17:00:00.000Z' } },
    ]);
    expect(life.records.filter(({ type }) => type === 'coupon.issued.v1')).toHaveLength(1);
  });

  test('goes to members of a tier only, and again after ninety days', () => {
    const shop = withLoyalty({
      tiers: [
        { name: 'member', from: 0 },
        { name: 'club', from: 100, offerPercent: 20 },
      ],
      frequentBuyer: { percent: 0 },
    });
    const life = lives([consent, ...weekly(30, 30)], shop);
    const [first, second] = said(life, 'members-offer');
    expect(first).toMatchObject({ kind: 'offer', variables: { percent: 20, membersOnly: 'club' } });
    expect(second!.notBefore - first!.notBefore).toBeGreaterThanOrEqual(90 * 86_400_000 - 3_600_000);
    expect(said(lives([consent, ...weekly(20, 2)], shop), 'members-offer')).toEqual([]);
  });

  test('goes to nobody without consent, nor with an order that comes late', () => {
    const silent = lives(weekly(12, 20));
    expect(silent.requested).toEqual([]);
    expect(silent.suppressed.map(({ reason }) => reason)).toEqual(['noConsent']);
    const late = lives([
      consent,
      ...weekly(11, 20),
      event('page.visited.v1', 90, { page: '/' }),
      order(80, 20),
    ]);
    expect(late.requested).toEqual([]);
  });

  test('is not made to who buys now and then', () => {
    expect(lives([consent, ...weekly(11, 20)]).requested).toEqual([]);
  });
});
