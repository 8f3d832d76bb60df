import { followUp } from './follow-up.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
/** The facts after an order at `when`: by default the fourth, ten days after the third, of the usual value. */
const after = (when: number, changed: Record<string, unknown> = {}) => ({
  facts: {
    keptOrders: 4,
    lastPurchaseAt: when,
    gapBeforeLastPurchase: 10,
    lastOrderValue: 20,
    orderValueMeanBefore: 20,
    openCases: 0,
    ...changed,
  },
});
const first = (when: number) =>
  after(when, { keptOrders: 1, gapBeforeLastPurchase: undefined, orderValueMeanBefore: undefined });
const order = (orderId = 'o1', total = 20) => ({ orderId, total, currency: 'EUR', products: [] });
const bought = 'order.completed.v1';
const shop = () => new Trial(followUp);

describe('thanks', () => {
  const thanks = (scene: { facts: Record<string, unknown>; late?: boolean }, total = 20) =>
    shop()
      .event(bought, monday, order('o1', total), scene)
      .proposals.map(({ variables }) => variables['occasion']);

  test('go to the first purchase', () => {
    const [proposal] = shop().event(bought, monday, order(), first(monday)).proposals;
    expect(proposal).toMatchObject({
      programme: 'follow-up',
      purpose: 'service',
      template: 'follow-up.thanks',
      variables: { orderId: 'o1', occasion: 'first', keptOrders: 1 },
      evidence: { rule: 'thanks.first', facts: { keptOrders: 1 }, causes: [`/shop#e-${monday}`] },
      expiresAt: monday + 2 * day,
    });
  });
  test('go to the first after 90 quiet days', () => {
    expect(thanks(after(monday, { gapBeforeLastPurchase: 90 }))).toEqual(['return']);
    expect(thanks(after(monday, { gapBeforeLastPurchase: 89 }))).toEqual([]);
  });
  test('go to an order above twice the own mean', () => {
    expect(thanks(after(monday), 40.01)).toEqual(['large']);
    expect(thanks(after(monday), 40)).toEqual([]);
  });
  test('stay quiet at an ordinary basket', () => {
    expect(thanks(after(monday))).toEqual([]);
  });
  test('stay quiet at a basket of no value, at a late event, and at an order already taken back', () => {
    expect(thanks(first(monday), 0)).toEqual([]);
    expect(thanks({ ...first(monday), late: true })).toEqual([]);
    expect(thanks(after(monday, { keptOrders: 0, lastPurchaseAt: undefined }))).toEqual([]);
    expect(thanks(after(monday, { keptOrders: 1, lastPurchaseAt: monday - day }))).toEqual([]);
  });
  test('go at most once in 30 days', () => {
    const ann = shop();
    ann.event(bought, monday, order(), first(monday));
    for (const [days, count] of [[1, 0], [29, 0], [30, 1], [59, 0], [60, 1]] as const) {
      const when = monday + days * day;
      expect(ann.event(bought, when, order('big', 100), after(when)).proposals).toHaveLength(count);
    } // prettier-ignore
  });
  test('rest on the order being kept', () => {
    const [proposal] = shop().event(bought, monday, order(), {
      facts: { ...first(monday).facts, returns: 0, ordersCancelled: 0 },
    }).proposals;
    expect(proposal!.restsOn).toEqual({ returns: 0, ordersCancelled: 0 });
  });
});

describe('the satisfaction check', () => {
  const timer = 'follow-up.satisfaction';

  test('is set for a week after a purchase, and asks then', () => {
    const ann = shop();
    expect(ann.event(bought, monday, order(), after(monday)).timers).toEqual({
      satisfaction: monday + 7 * day,
    });
    const [proposal] = ann.timer(timer, monday + 7 * day, after(monday)).proposals;
    expect(proposal).toMatchObject({
      kind: 'survey',
      purpose: 'survey',
      template: 'follow-up.satisfaction',
      variables: { orderId: 'o1' },
      expiresAt: monday + 14 * day,
      evidence: { causes: [`timer:${timer}@2026-03-09T12:00:00.000Z`] },
    });
  });
  test('is set for three days after the delivery, where there is one', () => {
    const ann = shop();
    ann.event(bought, monday, order(), after(monday));
    const delivered = monday + 5 * day;
    expect(ann.event('order.delivered.v1', delivered, { orderId: 'other' }).timers).toBeUndefined();
    expect(ann.event('order.delivered.v1', delivered, { orderId: 'o1' }).timers).toEqual({
      satisfaction: delivered + 3 * day,
    });
  });
  test('asks once in 90 days', () => {
    const ann = shop();
    let asked: number[] = [];
    for (let when = monday, due: number | undefined; when < monday + 365 * day; when += 7 * day) {
      if (due !== undefined && due <= when) {
        asked = [...asked, ...ann.timer(timer, due, after(when)).proposals.map(({ notBefore }) => notBefore)];
        due = undefined;
      }
      due = ann.event(bought, when, order(`o-${when}`), after(when)).timers?.['satisfaction'] ?? due;
    }
    expect(asked.length).toBe(4);
    for (const [n, when] of asked.entries())
      expect(when - (asked[n - 1] ?? -Infinity)).toBeGreaterThanOrEqual(90 * day);
  });
  test.each(['order.returned.v1', 'order.cancelled.v1'])('is not asked about an order after %s', (type) => {
    const ann = shop();
    ann.event(bought, monday, order(), after(monday));
    expect(ann.event(type, monday + day, { orderId: 'other' }).timers).toBeUndefined();
    expect(ann.event(type, monday + day, { orderId: 'o1' }).timers).toEqual({ satisfaction: null });
    expect(ann.timer(timer, monday + 7 * day, after(monday)).proposals).toEqual([]);
    const next = monday + 8 * day;
    expect(ann.event(bought, next, order('o2'), after(next)).timers).toEqual({
      satisfaction: next + 7 * day,
    });
  });
  test('stays quiet while a case is open, at a basket of no value and at a late event', () => {
    const ann = shop();
    ann.event(bought, monday, order(), after(monday));
    expect(ann.timer(timer, monday + 7 * day, after(monday, { openCases: 1 })).proposals).toEqual([]);
    expect(shop().event(bought, monday, order('o1', 0), after(monday)).timers).toBeUndefined();
    expect(shop().event(bought, monday, order(), { ...after(monday), late: true }).timers).toBeUndefined();
  });
  test('goes by the channel by which the customer last reacted to a message, where that may be asked by', () => {
    const channels = (...clicked: string[]) => {
      const ann = shop();
      ann.event(bought, monday, order(), after(monday));
      for (const channel of clicked) ann.event('message.clicked.v1', monday + day, { channel });
      return ann.timer(timer, monday + 7 * day, after(monday)).proposals.map(({ channels }) => channels);
    };
    expect(channels()).toEqual([['email', 'push']]);
    expect(channels('email', 'push')).toEqual([['push', 'email']]);
    expect(channels('push', 'sms')).toEqual([['email', 'push']]);
  });
  test("stays quiet at another's timer and at one without an order", () => {
    const ann = shop();
    expect(ann.timer(timer, monday).proposals).toEqual([]);
    ann.event(bought, monday, order(), after(monday));
    expect(ann.timer('overdue', monday + 7 * day, after(monday)).proposals).toEqual([]);
  });
});

test('its memory stays small, and is not touched by what does not concern it', () => {
  const ann = shop();
  expect(ann.event('page.visited.v1', monday, { page: '/' })).toEqual({ proposals: [] });
  for (let when = monday; when < monday + 400 * day; when += day) {
    ann.event(bought, when, order(`o-${when}`, 500), after(when));
    ann.timer('follow-up.satisfaction', when + day, after(when));
    ann.timer('follow-up.reassurance', when + day, after(when));
    ann.event('message.clicked.v1', when, { channel: when % 2 ? 'email' : 'push' });
  }
  expect(JSON.stringify(ann.memory).length).toBeLessThan(200);
});
