import { buys, silence } from '../../customer.given.js';
import { lives, redeems, takesBack, told, withLoyalty } from './loyalty.given.js';

const order = (days: number, total: number, more = {}) =>
  buys(days, { orderId: `o-${days}`, total, ...more });

describe('points', () => {
  test('wait for the return window, then can be spent', () => {
    const waits = lives([order(0, 20.9), order(34, 10)]);
    expect(told(waits.entries)).toEqual(['earned (+20)', 'earned (+10)']);
    expect(waits.facts).toMatchObject({ points: 0, pointsPending: 30, tier: 'member' });
    const released = lives([order(0, 20.9), order(35, 10)]);
    expect(told(released.entries)).toEqual(['earned (+20)', 'released (-20) +20 = 20', 'earned (+10)']);
    expect(released.facts).toMatchObject({ points: 20, pointsPending: 10 });
  });

  test('are released with the first act from the Monday after the window, or a week later by themselves', () => {
    const released = (...story: Parameters<typeof lives>[0]) =>
      new Date(lives([order(0, 20), ...story]).entries[1]!.at).toISOString();
    expect(released(takesBack(34.6, 'o-9'))).toBe('2026-02-09T07:24:00.000Z');
    expect(released(silence(50))).toBe('2026-02-16T05:00:00.000Z');
  });

  test('wait for a Monday of the shop, also when clocks change', () => {
    const { entries } = lives([order(40, 20), silence(100)]);
    expect(new Date(entries[1]!.at).toISOString()).toBe('2026-03-30T04:00:00.000Z');
  });

  test.each([
    ['one for each whole unit', {}, { total: 20.99 }, 20],
    ['as many as the currency gives', { pointsPerUnit: { JPY: 0.01 } }, { total: 1999, currency: 'JPY' }, 19],
    ['none in a currency that is not listed, if so chosen', { pointsPerUnitElse: 0 }, { total: 50 }, 0],
    [
      'more for some goods, each line by what it cost',
      { categories: { wine: 3 } },
      {
        total: 40,
        products: [
          { productId: 'w', category: 'wine', price: 10, quantity: 2 },
          { productId: 'b', category: 'bread', price: 5, quantity: 4 },
        ],
      },
      80,
    ],
    ['for what was paid, not for what a coupon took off', {}, { total: 15, discount: 5, coupon: 'X' }, 15],
    ['none for a visit', {}, { total: 0 }, 0],
    ['exactly where decimals are not', { pointsPerUnit: { USD: 1.1 } }, { total: 100 }, 110],
  ])('%s', (_, settings, data, points) => {
    const { facts } = lives([buys(0, data)], withLoyalty(settings));
    expect(facts['pointsPending']).toBe(points);
  });

  test('are earned by an order that comes late, and can be spent no sooner than that', () => {
    const { entries, facts } = lives([order(100, 10), order(20, 30), silence(115)]);
    expect(told(entries)).toEqual(['earned (+10)', 'earned (+30)', 'released (-30) +30 = 30']);
    expect(facts).toMatchObject({ points: 30, pointsPending: 10 });
  });
});

describe('what comes back', () => {
  test('takes waiting points first', () => {
    const { entries, facts } = lives([order(0, 20), takesBack(5, 'o-0'), silence(60)]);
    expect(told(entries)).toEqual(['earned (+20)', 'returned (-20)']);
    expect(facts).toMatchObject({ points: 0, pointsPending: 0 });
  });

  test('takes points in proportion to the amount, and begun ones with it', () => {
    const { entries } = lives([
      order(0, 20),
      takesBack(1, 'o-0', 5.5),
      takesBack(2, 'o-0', 4.5),
      takesBack(3, 'o-0'),
    ]);
    expect(told(entries)).toEqual(['earned (+20)', 'returned (-6)', 'returned (-4)', 'returned (-10)']);
  });

  test('takes released points, and as a debt what was spent already; later earnings pay it first', () => {
    const { entries, facts } = lives([
      order(0, 600),
      silence(42),
      redeems(42, 'r-1', 500),
      takesBack(45, 'o-0'),
      order(50, 700),
      silence(100),
    ]);
    expect(told(entries)).toEqual([
      'earned (+600)',
      'released (-600) +600 = 600',
      'redeemed -500 = 100',
      'returned -100 = 0',
      'debt -500 = -500',
      'earned (+700)',
      'debtPaid (-500) +500 = 0',
      'released (-200) +200 = 200',
    ]);
    expect(facts).toMatchObject({ points: 200, pointsPending: 0 });
  });

  test('is never more than the order earned', () => {
    const { entries } = lives([order(0, 20), takesBack(1, 'o-0', 50), takesBack(2, 'o-0')]);
    expect(told(entries)).toEqual(['earned (+20)', 'returned (-20)']);
  });

  test.each([
    ['of an order that nobody knows', takesBack(5, 'o-9')],
    ['too long after the order', takesBack(99, 'o-0')],
    ['for nothing', takesBack(5, 'o-0', 0)],
  ])('changes nothing %s', (_, back) => {
    expect(told(lives([order(0, 20), silence(42), back]).entries)).toEqual([
      'earned (+20)',
      'released (-20) +20 = 20',
    ]);
  });
});

describe('points that are not spent', () => {
  test('expire at the end of the month, so many months after they were released, oldest first', () => {
    const { entries } = lives(
      [order(0, 600), order(60, 100), silence(100), redeems(100, 'r-1', 500), silence(250)],
      withLoyalty({ expiryMonths: 3 }),
    );
    const expired = entries.filter(({ reason }) => reason === 'expired');
    expect(told(expired)).toEqual(['expired -100 = 100', 'expired -100 = 0']);
    expect(expired.map(({ at }) => new Date(at).toISOString())).toEqual([
      '2026-06-01T04:00:00.000Z',
      '2026-08-01T04:00:00.000Z',
    ]);
  });

  test('say on release when that will be, over a leap day too', () => {
    const { entries } = lives([order(710, 10), silence(750)], withLoyalty({ expiryMonths: 1 }));
    expect(entries[1]).toMatchObject({ reason: 'released', expiresAt: '2028-03-01T05:00:00.000Z' });
  });
});

test('an entry says by which rule and cause it came, and holds no name', () => {
  const [earned, released] = lives([order(0, 20), silence(42)]).records;
  expect(earned).toMatchObject({
    type: 'points.changed.v1',
    evidence: { rule: 'loyalty.earned', facts: { tier: 'member' }, causes: ['/shop#' + order(0, 20).id] },
    data: { orderId: 'o-0' },
  });
  expect(released!.evidence).toMatchObject({
    rule: 'loyalty.released',
    causes: ['timer:loyalty.next@2026-02-16T05:00:00.000Z'],
  });
});
