import fc from 'fast-check';
import { revokedOrders } from './kept.js';
import { orderEntry, orderKey, orderWidth } from './order-book.js';
import { noPurchases, type TakenBack } from './purchases.js';

const DAY = 86_400_000;
const windows = { purchases: 365, returns: 30, recent: 90 };
const start = Date.UTC(2026, 0, 5);

const id = fc.constantFrom('o-1', 'o-2', 'o-3', 'o-4');
const at = fc.integer({ min: 0, max: 90 }).map((day) => start + day * DAY);
const order = fc.record({ id, at, total: fc.integer({ min: 1, max: 5 }) });
const back = fc.record({
  id,
  at,
  amount: fc.integer({ min: 0, max: 5 }),
  whole: fc.boolean(),
  cancelled: fc.boolean(),
});

it('orders taken back are those whose own returns, within the window, name the whole or add up to it', () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 20 }), fc.array(back, { maxLength: 20 }), (made, returned) => {
      const orders = made.toSorted((a, b) => a.at - b.at);
      const returns = returned.toSorted((a, b) => a.at - b.at);
      const book = orders.map((it) => orderEntry(it.at, orderKey(it.id), it.total, 'EUR')).join('');
      const takenBack = returns.map((it): TakenBack => [
        orderKey(it.id),
        it.at,
        it.amount,
        it.whole,
        it.cancelled,
      ]);
      const expected = orders.flatMap((it, place) => {
        const own = returns.filter((one) => one.id === it.id && Math.abs(one.at - it.at) <= 30 * DAY);
        const amount = own.reduce((sum, one) => sum + one.amount, 0);
        if (!own.some(({ whole }) => whole) && amount < it.total) return [];
        return [
          {
            from: place * orderWidth,
            fate: own.some(({ cancelled }) => cancelled) ? 'cancelled' : 'returned',
            named: amount > 0,
          },
        ];
      });
      expect(revokedOrders({ ...noPurchases, book, takenBack }, windows)).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});
