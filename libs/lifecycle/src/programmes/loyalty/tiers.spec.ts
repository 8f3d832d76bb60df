import { buys, event, silence } from '../../customer.given.js';
import type { Action } from '../../types.js';
import { lives, ofType, takesBack, withLoyalty, type Life } from './loyalty.given.js';

const tiers = [
  { name: 'member', from: 0 },
  { name: 'silver', from: 100, multiplier: 1.5, benefits: ['free-delivery'] },
  { name: 'gold', from: 500, multiplier: 2, priorityQueue: true },
];
const shop = withLoyalty({ tiers });
const order = (days: number, total: number) => buys(days, { orderId: `o-${days}`, total });
const changes = ({ records }: Life) =>
  ofType(records, 'tier.changed.v1').map(
    ({ from, to, at }) => `${new Date(at).toISOString().slice(0, 10)} ${from} > ${to}`,
  );
const asked = ({ requested }: Life, what: string): Action[] =>
  requested.filter(({ template }) => template === `loyalty.${what}`);

describe('a tier', () => {
  test('is reached by released points, not by those that wait', () => {
    expect(lives([order(0, 120), order(34, 1)], shop).facts['tier']).toBe('member');
    const life = lives([order(0, 120), order(35, 1)], shop);
    expect(changes(life)).toEqual(['2026-02-09 member > silver']);
    expect(asked(life, 'tier-reached')).toMatchObject([
      { purpose: 'service', variables: { from: 'member', tier: 'silver', benefits: ['free-delivery'] } },
    ]);
  });

  test('multiplies what is earned from then on', () => {
    const { entries } = lives([order(0, 120), order(20, 10), order(35, 10)], shop);
    expect(entries.filter(({ reason }) => reason === 'earned').map((it) => it.pendingChange)).toEqual([
      120, 10, 15,
    ]);
  });

  test('may be jumped over', () => {
    expect(changes(lives([order(0, 800), silence(50)], shop))).toEqual(['2026-02-16 member > gold']);
  });

  test('puts the customer first in the queue of support, and takes that back with the tier', () => {
    const up = lives([order(0, 800), silence(50)], shop);
    expect(up.facts['priorityQueue']).toBe(true);
    expect(asked(up, 'priority-queue')).toMatchObject([
      { kind: 'flag', audience: 'support-lead', variables: { tier: 'gold', priorityQueue: true } },
    ]);
    const down = lives([order(0, 800), silence(600)], shop);
    expect(asked(down, 'priority-queue').map(({ variables }) => variables['priorityQueue'])).toEqual([
      true,
      false,
    ]);
    expect(down.facts['priorityQueue']).toBe(false);
  });
});

describe('a tier that is no longer earned', () => {
  const lapsed = lives([order(0, 120), silence(600)], shop);

  test('is kept for a grace of which the customer is told, then lost', () => {
    expect(changes(lapsed)).toEqual(['2026-02-16 member > silver', '2027-05-01 silver > member']);
    const [warning] = asked(lapsed, 'tier-ending');
    expect(warning!.variables).toEqual({
      tier: 'silver',
      next: 'member',
      until: '2027-05-01T04:00:00.000Z',
      missing: 100,
    });
    expect(new Date(warning!.notBefore).toISOString()).toBe('2027-03-01T05:00:00.000Z');
    expect(asked(lapsed, 'tier-lost')).toHaveLength(1);
  });

  test('is kept without another word by who earns it again in time', () => {
    const life = lives([order(0, 120), order(400, 90), order(436, 20), silence(600)], shop);
    expect(changes(life)).toEqual(['2026-02-16 member > silver']);
    expect(asked(life, 'tier-lost')).toEqual([]);
  });

  test('has the same grace where goods came back', () => {
    const life = lives([order(0, 120), silence(45), takesBack(46, 'o-0'), silence(120)], shop);
    expect(changes(life)).toEqual(['2026-02-16 member > silver', '2026-04-22 silver > member']);
  });
});

describe('says nothing', () => {
  test('of the tier that everybody has', () => {
    const life = lives([order(0, 20), silence(600)], shop);
    expect(changes(life)).toEqual([]);
    expect(life.requested.map(({ template }) => template)).toEqual([]);
  });

  test.each([
    ['gave up', event('relationship.ended.v1', 5, {})],
    ['suspects of fraud', event('account.flagged.v1', 5, { flag: 'fraud' })],
  ])('to a customer whom the supplier %s, though the ledger goes on', (_, end) => {
    const life = lives([order(0, 120), end, silence(600)], shop);
    expect(changes(life)).toHaveLength(2);
    expect(life.requested.filter(({ audience }) => audience === 'customer')).toEqual([]);
  });

  test('where a definition has one tier only', () => {
    const one = withLoyalty({ tiers: [{ name: 'member', from: 50 }] });
    expect(changes(lives([order(0, 120), silence(600)], one))).toEqual([]);
  });
});
