import { buys, event, silence } from '../../customer.given.js';
import { codeOf, lives, ofType, redeems, takesBack, told, withLoyalty, type Life } from './loyalty.given.js';

const shop = withLoyalty({ rewards: [{ rewardId: 'mug', points: 300, partner: 'potter', validDays: 10 }] });
const order = (days: number, total: number, more = {}) =>
  buys(days, { orderId: `o-${days}`, total, ...more });
/** 600 points to spend. */
const saved = [order(0, 600), silence(42)];
const answers = ({ records }: Life) => [
  ...ofType(records, 'redemption.accepted.v1').map(({ redemptionId }) => `${redemptionId} accepted`),
  ...ofType(records, 'redemption.refused.v1').map((it) => `${it.redemptionId} ${it.reason}`),
];

describe('a redemption', () => {
  test('exchanges points for shop credit under a code', () => {
    const life = lives([...saved, redeems(50, 'r-1', 550)], shop);
    const [accepted] = ofType(life.records, 'redemption.accepted.v1');
    expect(accepted).toMatchObject({
      redemptionId: 'r-1',
      points: 550,
      balance: 50,
      rewardId: 'shop-credit',
    });
    expect(ofType(life.records, 'reward.granted.v1')).toMatchObject([
      {
        ...{ grantId: accepted!.grantId, rewardId: 'shop-credit', amount: 5.5, currency: 'USD' },
        ...{ code: codeOf(accepted!.grantId), expiresAt: '2027-02-25T05:00:00.000Z' },
      },
    ]);
    expect(life.facts).toMatchObject({ points: 50, rewards: ['shop-credit'] });
  });

  test("buys a partner's reward at its price", () => {
    const life = lives([...saved, redeems(50, 'r-1', 300, 'mug')], shop);
    expect(ofType(life.records, 'reward.granted.v1')).toMatchObject([
      { rewardId: 'mug', quantity: 1, partner: 'potter' },
    ]);
    expect(life.facts).toMatchObject({ points: 300, rewards: ['mug'] });
    expect(lives([...saved, redeems(50, 'r-1', 300, 'mug'), order(61, 1)], shop).facts['rewards']).toEqual(
      [],
    );
  });

  test('has points at hand whose window closed, whatever the timer says', () => {
    expect(answers(lives([order(0, 600), redeems(35, 'r-1', 600)], shop))).toEqual(['r-1 accepted']);
    expect(answers(lives([order(0, 600), redeems(34, 'r-1', 600)], shop))).toEqual(['r-1 notEnoughPoints']);
  });

  test.each([
    ['beyond what is spendable', redeems(50, 'r-1', 601), 'notEnoughPoints'],
    ['of too few points for a credit', redeems(50, 'r-1', 499), 'belowMinimum'],
    ['for a reward that nobody offers', redeems(50, 'r-1', 300, 'car'), 'unknownReward'],
    ['at another price than the reward has', redeems(50, 'r-1', 200, 'mug'), 'wrongPrice'],
  ])('%s is refused and costs nothing', (_, request, reason) => {
    const life = lives([...saved, request], shop);
    expect(answers(life)).toEqual([`r-1 ${reason}`]);
    expect(life.facts['points']).toBe(600);
    expect(ofType(life.records, 'reward.granted.v1')).toEqual([]);
  });

  test.each([
    ['fraudFlag', event('account.flagged.v1', 45, { flag: 'fraud' })],
    ['relationshipEnded', event('relationship.ended.v1', 45, {})],
  ])('is refused for %s', (reason, end) => {
    expect(answers(lives([...saved, end, redeems(50, 'r-1', 500)], shop))).toEqual([`r-1 ${reason}`]);
  });

  test('is answered once, however often it is asked for', () => {
    const life = lives(
      [...saved, redeems(50, 'r-1', 500), redeems(51, 'r-1', 500), redeems(52, 'r-1', 1)],
      shop,
    );
    expect(answers(life)).toEqual(['r-1 accepted']);
    expect(told(life.entries.slice(2))).toEqual(['redeemed -500 = 100']);
  });

  test('by somebody who never bought is refused', () => {
    expect(answers(lives([redeems(0, 'r-1', 500)], shop))).toEqual(['r-1 notEnoughPoints']);
  });
});

describe('shop credit', () => {
  const credited = [...saved, redeems(50, 'r-1', 600)];
  const grantId = ofType(lives(credited, shop).records, 'redemption.accepted.v1')[0]!.grantId;
  const earnedBy = (more: object) => {
    const { entries, facts } = lives([...credited, order(55, 30, more)], shop);
    return [entries.at(-1)!.pendingChange, facts['rewards']];
  };

  test('earns nothing, whether the shop took it off as a discount or counts it in the total', () => {
    const code = codeOf(grantId);
    expect(earnedBy({ coupon: code, discount: 6 })).toEqual([30, []]);
    expect(earnedBy({ coupon: code, discount: 2 })).toEqual([26, []]);
    expect(earnedBy({ coupon: grantId })).toEqual([24, []]);
  });

  test('is used once, by the order or by a redeemed coupon', () => {
    expect(earnedBy({ coupon: 'another' })).toEqual([30, ['shop-credit']]);
    const used = event('coupon.redeemed.v1', 54, { code: codeOf(grantId) });
    expect(lives([...credited, used], shop).facts['rewards']).toEqual([]);
  });

  test('is a debt when the goods that paid for it come back', () => {
    const { facts, entries } = lives([...credited, takesBack(56, 'o-0')], shop);
    expect(told(entries.slice(-1))).toEqual(['debt -600 = -600']);
    expect(facts['points']).toBe(0);
  });
});
