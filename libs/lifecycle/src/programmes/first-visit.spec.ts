import { actionIdOf } from '../arbiter/action.js';
import { firstVisit } from './first-visit.js';
import { at, codes, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const order = (more = {}) => ({ orderId: 'o1', total: 20, currency: 'EUR', products: [], ...more });
const first = { facts: { keptOrders: 1, lastPurchaseAt: monday, returns: 0, ordersCancelled: 0 } };
const offer = 'first-visit.offer';
const reminder = 'first-visit.reminder';
const bought = 'order.completed.v1';

const cleared = { offer: null, reminder: null };
const nothingKept = { facts: { keptOrders: 0 } };

/** After the first purchase. */
function set(settings = {}) {
  const ann = new Trial(firstVisit, settings);
  ann.event(bought, monday, order(), first);
  return ann;
}

/** And the offer that follows. */
function offered(settings = {}) {
  const ann = set(settings);
  const [proposal] = ann.timer(offer, monday + 2 * day, first).proposals;
  const actionId = actionIdOf('ann', 'retail@1', proposal!);
  return { ann, proposal: proposal!, actionId, code: codes(actionId).code };
}
type Offered = ReturnType<typeof offered>;

describe('the first-visit discount', () => {
  test('is offered two days after the first purchase, above ten per cent, with terms and an end', () => {
    expect(offered().proposal).toMatchObject({
      kind: 'offer',
      purpose: 'marketing',
      variables: { percent: 12, terms: { only: 'regular-price' }, until: '2026-04-03T12:00:00.000Z' },
      offerUntil: monday + 32 * day,
      restsOn: { returns: 0, ordersCancelled: 0, keptOrders: 1 },
    });
  });
  test('may ask for a minimum purchase instead', () => {
    const ann = new Trial(firstVisit, { terms: { minimum: 50 }, percent: 15 });
    ann.event(bought, monday, order(), first);
    const [proposal] = ann.timer(offer, monday + 2 * day, first).proposals;
    expect(proposal!.variables).toMatchObject({ percent: 15, terms: { minimum: 50 } });
  });
  test('stays quiet when the order came late, has no value, is not the first, or went back', () => {
    const timers = (scene: object, data = order()) =>
      new Trial(firstVisit).event(bought, monday, data, scene).timers;
    expect(timers({ ...first, late: true })).toBeUndefined();
    expect(
      timers({ facts: { ...first.facts, lastPurchaseAt: undefined } }, order({ total: 0 })),
    ).toBeUndefined();
    expect(timers({ facts: { ...first.facts, keptOrders: 2 } })).toEqual(cleared);
    const ann = set();
    expect(ann.event('order.returned.v1', monday + day, { orderId: 'o1' }, nothingKept).timers).toEqual(
      cleared,
    );
    expect(ann.timer(offer, monday + 2 * day, first).proposals).toEqual([]);
  });
  test('is offered after the next purchase where nothing was kept of the first, before it was made', () => {
    const ann = set();
    ann.event('order.cancelled.v1', monday + day, { orderId: 'o1' }, nothingKept);
    const later = monday + 9 * day;
    const again = { facts: { ...first.facts, lastPurchaseAt: later } };
    expect(ann.event(bought, later, order({ orderId: 'o2' }), again).timers).toEqual({
      offer: later + 2 * day,
    });
  });
  test('stays quiet when the customer came back unasked', () => {
    const again = set().event(bought, monday + day, order(), { facts: { ...first.facts, keptOrders: 2 } });
    expect(again.timers).toEqual(cleared);
  });
  test('stays quiet when the relationship is over by then', () => {
    expect(set().timer(offer, monday + 2 * day, { ...first, stage: 'dissolution' }).proposals).toEqual([]);
  });
});

describe('its coupon', () => {
  const later = monday + 9 * day;

  test.each([
    ['coupon.redeemed.v1 with its id', 'coupon.redeemed.v1', (it: Offered) => ({ couponId: it.actionId })],
    ['coupon.redeemed.v1 with its code', 'coupon.redeemed.v1', (it: Offered) => ({ code: it.code })],
    ['an order that names the code', bought, (it: Offered) => order({ coupon: it.code })],
    ['a no', 'offer.declined.v1', (it: Offered) => ({ actionId: it.actionId })],
  ])('is done with by %s, and never offered again', (_, type, dataOf) => {
    const it = offered();
    expect(it.ann.event(type, later, dataOf(it))).toEqual({
      proposals: [],
      timers: cleared,
      memory: { state: 'over' },
    });
    expect(it.ann.event(bought, monday + 400 * day, order(), first)).toEqual({ proposals: [] });
    expect(it.ann.timer(offer, monday + 401 * day, first)).toEqual({ proposals: [] });
  });
  test('counts as used by an order that seems to miss the terms: the till judges, and took it', () => {
    const { ann, code } = offered({ terms: { minimum: 50 } });
    const small = order({ total: 5, discount: 4, coupon: code });
    expect(ann.event(bought, later, small).memory).toEqual({ state: 'over' });
  });
  test.each([
    ['a foreign code', 'coupon.redeemed.v1', { code: 'WELCOME' }],
    ['a foreign coupon', 'coupon.redeemed.v1', { couponId: 'cp-31', campaignId: 'spring' }],
    ['an order with a foreign code', bought, order({ coupon: 'WELCOME' })],
    ['an order without one, as when the till refused it', bought, order()],
    ['a no to something else', 'offer.declined.v1', { actionId: 'other' }],
    ['a part of the first order sent back', 'order.returned.v1', { orderId: 'o1', total: 5 }],
    ['another order sent back', 'order.returned.v1', { orderId: 'o2', whole: true }],
  ])('is not touched by %s', (_, type, data) => {
    expect(offered().ann.event(type, later, data, first)).toEqual({ proposals: [] });
  });
  test('is withdrawn when the first order goes back whole, and never offered again', () => {
    const { ann, actionId } = offered();
    const back = ann.event('order.returned.v1', later, { orderId: 'o1', whole: true }, nothingKept);
    expect(back).toEqual({
      proposals: [],
      timers: cleared,
      withdraws: [actionId],
      memory: { state: 'over' },
    });
    expect(ann.event(bought, monday + 60 * day, order(), first)).toEqual({ proposals: [] });
  });
  test('is withdrawn when the first order went back in parts, and nothing else is kept', () => {
    const { ann, actionId } = offered();
    const parts = { orderId: 'o1', total: 12 };
    expect(ann.event('order.returned.v1', later, parts, nothingKept).withdraws).toEqual([actionId]);
  });
});

describe('its reminder', () => {
  const told = monday + 2 * day;

  test('goes five days before the end, where the offer was delivered', () => {
    const { ann, actionId, code } = offered();
    expect(ann.event('message.delivered.v1', told, { actionId: 'other' }).timers).toBeUndefined();
    expect(ann.event('message.delivered.v1', told, { actionId }).timers).toEqual({
      reminder: monday + 27 * day,
    });
    const [proposal] = ann.timer(reminder, monday + 27 * day).proposals;
    expect(proposal).toMatchObject({
      kind: 'message',
      variables: { couponId: actionId, code, percent: 12, until: '2026-04-03T12:00:00.000Z' },
      expiresAt: monday + 32 * day,
    });
  });
  test('goes once, however often the offer is reported as delivered', () => {
    const { ann, actionId } = offered();
    ann.event('message.delivered.v1', told, { actionId });
    expect(ann.timer(reminder, monday + 27 * day).proposals).toHaveLength(1);
    expect(ann.event('message.delivered.v1', monday + 28 * day, { actionId })).toEqual({ proposals: [] });
    expect(ann.timer(reminder, monday + 28 * day)).toEqual({ proposals: [] });
  });
  test('is called off when the coupon is used', () => {
    const { ann, actionId } = offered();
    ann.event('message.delivered.v1', told, { actionId });
    expect(ann.event('coupon.redeemed.v1', monday + 9 * day, { couponId: actionId }).timers).toEqual(cleared);
    expect(ann.timer(reminder, monday + 27 * day)).toEqual({ proposals: [] });
  });
  test('is not sent where the offer never went out, or reached the customer when it was nearly over', () => {
    expect(offered().ann.timer('another.timer', monday + 27 * day).proposals).toEqual([]);
    const { ann, actionId } = offered();
    expect(ann.event('message.delivered.v1', monday + 28 * day, { actionId })).toEqual({ proposals: [] });
  });
});
