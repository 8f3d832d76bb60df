import { followUp } from './follow-up.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const bought = 'order.completed.v1';
const delivered = 'order.delivered.v1';
const timer = 'follow-up.reassurance';
const order = (orderId = 'o1', total = 20) => ({ orderId, total, currency: 'EUR', products: [] });
const first = (changed = {}) => ({
  facts: { keptOrders: 1, lastPurchaseAt: monday, openCases: 0, returns: 0, ordersCancelled: 0, ...changed },
});
const ordinary = (changed = {}) => first({ keptOrders: 4, orderValueMeanBefore: 20, ...changed });

/** Only what concerns the reassurance. */
const words = ({ proposals }: { readonly proposals: readonly { readonly template: string }[] }) =>
  proposals.filter(({ template }) => template === 'follow-up.reassurance');
const isSetBy = (scene: object, total = 20) =>
  new Trial(followUp).event(bought, monday, order('o1', total), scene).timers?.['reassurance'];

/** After the first order. */
function begun() {
  const ann = new Trial(followUp);
  ann.event(bought, monday, order(), first());
  return ann;
}

describe('"your paperwork is done"', () => {
  test('is said when the first order arrives: which it was, and whom to turn to', () => {
    const ann = begun();
    const arrived = monday + 2 * day;
    const decision = ann.event(delivered, arrived, { orderId: 'o1' }, first());
    expect(words(decision)).toMatchObject([
      {
        purpose: 'service',
        variables: { orderId: 'o1', arrived: true, turnTo: 'support' },
        evidence: { rule: 'reassurance.delivered' },
        restsOn: { returns: 0, ordersCancelled: 0, openCases: 0 },
        expiresAt: arrived + 3 * day,
      },
    ]);
    expect(decision.timers).toMatchObject({ reassurance: null });
  });
  test('is said five days after the order where nobody reports the delivery', () => {
    expect(isSetBy(first())).toBe(monday + 5 * day);
    expect(words(begun().timer(timer, monday + 5 * day, first()))).toMatchObject([
      { variables: { orderId: 'o1', arrived: false }, evidence: { rule: 'reassurance.waited' } },
    ]);
  });
  test('names the account manager where there is one, and never by name', () => {
    const scene = first({ accountManager: 'desk-3' });
    const [word] = begun().event(delivered, monday + day, { orderId: 'o1' }, scene).proposals;
    expect(word!.variables).toEqual({ orderId: 'o1', arrived: true, turnTo: 'account-manager' });
  });
  test('is said of an order above three times the own mean, too', () => {
    expect(isSetBy(ordinary(), 60.01)).toBe(monday + 5 * day);
    expect(isSetBy(ordinary(), 60)).toBeUndefined();
  });
  test('is said once for an order, and once in 60 days', () => {
    const ann = begun();
    expect(words(ann.event(delivered, monday + day, { orderId: 'o1' }, first()))).toHaveLength(1);
    expect(words(ann.event(delivered, monday + 2 * day, { orderId: 'o1' }, first()))).toEqual([]);
    expect(words(ann.timer(timer, monday + 5 * day, first()))).toEqual([]);
    for (const [days, due] of [[30, false], [61, true]] as const) {
      const when = monday + days * day;
      const scene = ordinary({ lastPurchaseAt: when });
      const { timers } = ann.event(bought, when, order('o2', 100), scene);
      expect(timers?.['reassurance'] !== undefined).toBe(due);
    } // prettier-ignore
  });
});

describe('it stays quiet', () => {
  test('at an ordinary basket, one of no value, a late event, and an order already taken back', () => {
    expect(isSetBy(ordinary())).toBeUndefined();
    expect(isSetBy(first(), 0)).toBeUndefined();
    expect(isSetBy({ ...first(), late: true })).toBeUndefined();
    expect(isSetBy(first({ lastPurchaseAt: undefined }))).toBeUndefined();
  });
  test.each(['order.returned.v1', 'order.cancelled.v1'])('about an order after %s', (type) => {
    const ann = begun();
    expect(ann.event(type, monday + day, { orderId: 'other' }, first()).timers).toBeUndefined();
    expect(ann.event(type, monday + day, { orderId: 'o1' }, first()).timers).toMatchObject({
      reassurance: null,
    });
    expect(words(ann.event(delivered, monday + 2 * day, { orderId: 'o1' }, first()))).toEqual([]);
    expect(words(ann.timer(timer, monday + 5 * day, first()))).toEqual([]);
  });
  test('while a case is open, and about that order for good', () => {
    const ann = begun();
    const waiting = first({ openCases: 1 });
    expect(words(ann.event(delivered, monday + day, { orderId: 'o1' }, waiting))).toEqual([]);
    expect(words(ann.timer(timer, monday + 5 * day, first()))).toEqual([]);
    expect(words(begun().timer(timer, monday + 5 * day, waiting))).toEqual([]);
  });
  test('when another, older order arrives', () => {
    expect(words(begun().event(delivered, monday + day, { orderId: 'o0' }, first()))).toEqual([]);
  });
  test('at a delivery told late, which is known when the time comes', () => {
    const ann = begun();
    const late = { ...first(), late: true };
    expect(words(ann.event(delivered, monday + day, { orderId: 'o1' }, late))).toEqual([]);
    expect(words(ann.timer(timer, monday + 5 * day, first()))).toMatchObject([
      { variables: { arrived: true } },
    ]);
  });
});
