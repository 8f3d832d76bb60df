import { buys, buysEvery, event, on, sendsBack, visits } from '../customer.given.js';
import { known } from './known.given.js';

const cancels = (days: number, orderId: string) => event('order.cancelled.v1', days, { orderId });
const line = (category: string, quantity = 1) => ({ productId: category, category, price: 2, quantity });

describe('purchases', () => {
  test('of one day are one, by the clock of the shop', () => {
    // 17:00Z is noon in New York; 12 hours later it is already the next day in UTC, and not yet there.
    expect(known([buys(0), buys(0.48)])).toMatchObject({ orders: 2, purchases: 1, frequency: 0 });
    expect(known([buys(0), buys(0.52)])).toMatchObject({ orders: 2, purchases: 2, frequency: 1 });
  });

  test('give frequency, recency and age in days', () => {
    expect(known([buys(0), buys(10), buys(24)], 40)).toMatchObject({
      frequency: 2,
      recency: 24,
      age: 40,
      firstPurchaseDay: '2026-01-05',
      lastPurchaseDay: '2026-01-29',
      daysSincePurchase: 16,
      gapBeforeLastPurchase: 14,
      gapMean: 12,
      gapDeviation: Math.sqrt(8),
    });
  });

  test('leave the rhythm unknown without a repeat', () => {
    const facts = known([buys(0)]);
    expect(facts).not.toHaveProperty('gapMean');
    expect(facts).toMatchObject({ usualGap: 8, purchases: 1 });
  });

  test('give a usual gap between the own and the trade’s', () => {
    // three gaps of 8 days are taken for granted, two of 20 were seen
    expect(known([buys(0), buys(20), buys(40)]).usualGap).toBeCloseTo((3 * 8 + 2 * 20) / 5);
  });

  test('are overdue after the 99 % gap, and never before the floor', () => {
    const slow = known([buys(0), buys(20), buys(40)]);
    expect(slow.overdueAfter).toBeCloseTo(12.8 * Math.log(100));
    expect(slow.overdueAt).toBe(on(40) + Math.ceil((slow.overdueAfter as number) * 86_400_000));
    expect(known(buysEvery(1, 0, 60)).overdueAfter).toBe(21);
  });

  test('count as recent within the window, for each cycle of it', () => {
    const facts = known(buysEvery(8, 0, 200));
    expect(facts.recentPurchases).toBe(13);
    expect(facts.recentRate).toBeCloseTo(1);
  });

  test('without a price and without goods are a visit; with goods they are a purchase', () => {
    expect(known([buys(0, { total: 0 })])).toMatchObject({ purchases: 0, orders: 0, visits: 1 });
    expect(known([buys(0, { total: 0, products: [line('gift')] })])).toMatchObject({
      purchases: 1,
      visits: 0,
    });
  });

  test('tell items, categories and discounts', () => {
    const order = { products: [line('milk', 2), line('bread', 0.5), line('milk')], discount: 1 };
    expect(known([buys(0, order), buys(1, { coupon: 'WELCOME' }), buys(2)])).toMatchObject({
      items: 3.5,
      categories: ['bread', 'milk'],
      categoryCount: 2,
      discountedOrders: 2,
    });
  });

  test('have a mean value in the currency of the latest order', () => {
    const orders = [buys(0, { total: 10 }), buys(1, { total: 99, currency: 'EUR' }), buys(2, { total: 20 })];
    expect(known(orders)).toMatchObject({
      lastOrderId: 'o-2',
      lastOrderValue: 20,
      lastOrderCurrency: 'USD',
      orderValueMean: 15,
      orderValueMeanBefore: 10,
      spend: { EUR: 99, USD: 30 },
    });
    expect(known(orders.slice(0, 2))).not.toHaveProperty('orderValueMeanBefore');
  });
});

describe('an order that comes back', () => {
  test('whole is no purchase any more', () => {
    expect(known([buys(0), buys(9), sendsBack(10, 'o-9')])).toMatchObject({
      orders: 2,
      keptOrders: 1,
      ordersReturned: 1,
      purchases: 1,
      lastPurchaseAt: on(0),
      lastReturnAt: on(10),
      spend: { USD: 20 },
      firstOrderRevoked: false,
    });
  });

  test('before delivery is cancelled', () => {
    expect(known([buys(0), cancels(1, 'o-0')])).toMatchObject({
      ordersCancelled: 1,
      ordersReturned: 0,
      returns: 0,
      keptOrders: 0,
      firstOrderRevoked: true,
    });
  });

  test('in part stays a purchase, until its parts make the whole', () => {
    const part = (days: number) =>
      event('order.returned.v1', days, { orderId: 'o-0', total: 10, currency: 'USD' });
    expect(known([buys(0), part(1)])).toMatchObject({ purchases: 1, spend: { USD: 10 } });
    expect(known([buys(0), part(1), part(2)])).toMatchObject({ purchases: 0, returns: 2, spend: { USD: 0 } });
  });

  test('leaves the day to another order of that day', () => {
    expect(known([buys(0), buys(0.1), sendsBack(5, 'o-0')])).toMatchObject({ purchases: 1, keptOrders: 1 });
  });

  test('may be told of before the order', () => {
    expect(known([sendsBack(5, 'o-0'), buys(0)])).toMatchObject({ purchases: 0, firstOrderRevoked: true });
  });

  test('long before is of another order with the same number', () => {
    const again = event('order.completed.v1', 600, {
      orderId: 'o-5',
      total: 10,
      currency: 'USD',
      products: [],
    });
    for (const events of [
      [sendsBack(0, 'o-5'), again, visits(610)],
      [sendsBack(0, 'o-5'), visits(610), again],
    ])
      expect(known(events, 610)).toMatchObject({ purchases: 1, lastPurchaseDay: '2027-08-28' });
  });

  test('too late was a purchase all the same', () => {
    expect(known([buys(0), sendsBack(91, 'o-0')])).toMatchObject({ purchases: 1, returns: 1 });
  });
});

describe('what is older than the window', () => {
  const years = buysEvery(10, 0, 1000);

  test('still counts, with its first and last day', () => {
    expect(known(years)).toMatchObject({
      purchases: 101,
      keptOrders: 101,
      recency: 1000,
      firstPurchaseAt: on(0),
      spend: { USD: 2020 },
    });
  });

  test('and comes only now is folded approximately and counted as late', () => {
    expect(known([...years, buys(5)])).toMatchObject({
      orders: 102,
      lateEvents: 1,
      lastPurchaseAt: on(1000),
    });
    expect(known([...years, visits(650)])).toMatchObject({ lateEvents: 0 });
  });

  test('keeps what became of it', () => {
    const facts = known([buys(0), sendsBack(3, 'o-0'), buys(20), ...buysEvery(10, 500, 600)]);
    expect(facts).toMatchObject({
      purchases: 12,
      ordersReturned: 1,
      firstOrderRevoked: true,
      spend: { USD: 240 },
      firstPurchaseAt: on(20),
    });
  });
});
