import fc from 'fast-check';
import { validateData, type KnownInputEvent } from '#contracts';
import { buys, day, event, silence } from '../../customer.given.js';
import type { CustomerState } from '../../types.js';
import { addUp } from './ledger.given.js';
import { lives, ofType, redeems, takesBack, withLoyalty } from './loyalty.given.js';

const lifecycle = withLoyalty({
  expiryMonths: 2,
  returnDays: 10,
  credit: { minimum: 1 },
  rewards: [{ rewardId: 'mug', points: 40 }],
  punchCards: [{ card: 'coffee', category: 'coffee', buy: 3, rewardId: 'free-coffee' }],
});

const step = fc.record({
  after: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 90 })),
  what: fc.constantFrom('buy', 'buy', 'buy', 'late', 'return', 'part', 'cancel', 'redeem', 'mug', 'again'),
  which: fc.nat({ max: 30 }),
  amount: fc.integer({ min: 1, max: 300 }),
});

/** Orders, returns of some of them, redemptions and repeated requests; now and then an order comes late. */
const histories = fc.array(step, { minLength: 1, maxLength: 60 }).map((steps) => {
  let today = 0;
  let orders = 0;
  let requests = 0;
  const product = { productId: 'c', category: 'coffee', price: 3, quantity: 1 };
  const events = steps.map(({ after, what, which, amount }, n): KnownInputEvent => {
    today += after;
    const on = today + n / 1000;
    const of = `o-${which % Math.max(1, orders)}`;
    switch (what) {
      case 'buy':
      case 'late': {
        const order = { orderId: `o-${orders++}`, total: amount + 0.5, products: [product] };
        return buys(Math.max(0, what === 'late' ? on - which : on), order);
      }
      case 'return':
        return takesBack(on, of);
      case 'part':
        return takesBack(on, of, amount / 3);
      case 'cancel':
        return event('order.cancelled.v1', on, { orderId: of }, `cancel-${n}`);
      case 'redeem':
        return redeems(on, `r-${requests++}`, amount);
      case 'mug':
        return redeems(on, `r-${requests++}`, 40, 'mug');
      default:
        return redeems(on, `r-${which % Math.max(1, requests)}`, amount);
    }
  });
  return [...events, silence(today + 40)];
});

const runs = { numRuns: 300 };

test('every entry follows from those before, spendable points are never negative, and the facts say the same', () => {
  fc.assert(
    fc.property(histories, (story) => {
      const { entries, facts } = lives(story, lifecycle);
      const { balance, pending } = addUp(entries);
      expect(facts).toMatchObject({ points: Math.max(0, balance), pointsPending: pending });
    }),
    runs,
  );
});

test('an order wholly taken back in time leaves nothing of what it earned, spent or not', () => {
  let debts = 0;
  fc.assert(
    fc.property(histories, fc.nat({ max: 5 }), fc.nat({ max: 12 }), (story, which, later) => {
      const orderId = `o-${which}`;
      const events = story.filter((it) => 'type' in it);
      const bought = events.findIndex(
        ({ type, data }) => type === 'order.completed.v1' && data.orderId === orderId,
      );
      if (bought < 0) return;
      const before = events.slice(0, bought + 1 + later);
      const at = Math.max(...before.map((it) => it.at));
      if (at - events[bought]!.at > 90 * day) return;
      const back = { ...takesBack(0, orderId), id: 'back', at };
      const { entries } = lives([...before, back, ...events.slice(before.length)], lifecycle);
      expect(addUp(entries).byOrder.get(orderId) ?? 0).toBe(0);
      debts += entries.filter(({ reason }) => reason === 'debt').length;
    }),
    runs,
  );
  expect(debts).toBeGreaterThan(0);
});

test('an order never takes more than it earned', () => {
  fc.assert(
    fc.property(histories, (story) => {
      for (const left of addUp(lives(story, lifecycle).entries).byOrder.values())
        expect(left).toBeGreaterThanOrEqual(0);
    }),
    runs,
  );
});

test('each redemption is answered exactly once, and paid for where it is accepted', () => {
  fc.assert(
    fc.property(histories, (story) => {
      const { records, entries } = lives(story, lifecycle);
      const asked = story.flatMap((it) =>
        'type' in it && it.type === 'redemption.requested.v1' ? [it.data.redemptionId] : [],
      );
      const accepted = ofType(records, 'redemption.accepted.v1');
      const refused = ofType(records, 'redemption.refused.v1');
      const answered = [...accepted, ...refused].map(({ redemptionId }) => redemptionId);
      expect(answered.sort()).toEqual([...new Set(asked)].sort());
      expect(addUp(entries).redeemed).toEqual(
        new Map(accepted.map(({ redemptionId, points }) => [redemptionId, points])),
      );
    }),
    runs,
  );
});

test('everything published fits its schema, under an id of its own, the same on every run', () => {
  fc.assert(
    fc.property(histories, (story) => {
      const { records } = lives(story, lifecycle);
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      for (const { type, data, evidence } of records) {
        const whole = { ...data, definition: 'retail@1', ...evidence };
        expect(validateData(type, whole)).toBeUndefined();
      }
      expect(lives(story, lifecycle).records).toEqual(records);
    }),
    { numRuns: 100 },
  );
});

test('what is kept of a customer is plain JSON and stays small', () => {
  const memoryOf = (customer: CustomerState) =>
    (customer as unknown as { memory: { loyalty?: object } }).memory.loyalty;
  fc.assert(
    fc.property(histories, (story) => {
      const memory = memoryOf(lives(story, lifecycle).customer);
      expect(JSON.parse(JSON.stringify(memory ?? null))).toEqual(memory ?? null);
    }),
    { numRuns: 100 },
  );
  const orders = Array.from({ length: 1000 }, (_, n) => buys(n / 5, { orderId: `o-${n}`, total: 20 }));
  const requests = Array.from({ length: 200 }, (_, n) => redeems(200 + n / 100, `r-${n}`, 1));
  const { customer } = lives([...orders, ...requests], lifecycle);
  expect(JSON.stringify(memoryOf(customer)).length).toBeLessThan(12_000);
});
