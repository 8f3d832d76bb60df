import { actionIdOf } from '../arbiter/action.js';
import { firstVisit } from './first-visit.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const order = (more = {}) => ({ orderId: 'o1', total: 20, currency: 'EUR', products: [], ...more });
const first = { facts: { keptOrders: 1, lastPurchaseAt: monday, returns: 0, ordersCancelled: 0 } };
const offer = 'first-visit.offer';
const reminder = 'first-visit.reminder';
const bought = 'order.completed.v1';

/** After the first purchase and the offer that follows. */
function offered() {
  const ann = new Trial(firstVisit);
  ann.event(bought, monday, order(), first);
  const [proposal] = ann.timer(offer, monday + 2 * day, first).proposals;
  return { ann, proposal: proposal!, actionId: actionIdOf('ann', 'retail@1', proposal!) };
}

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
    expect(timers({ facts: { ...first.facts, keptOrders: 2 } })).toBeUndefined();
    const ann = new Trial(firstVisit);
    ann.event(bought, monday, order(), first);
    const back = ann.event(
      'order.returned.v1',
      monday + day,
      { orderId: 'o1' },
      { facts: { keptOrders: 0 } },
    );
    expect(back.timers).toEqual({ offer: null, reminder: null });
  });
  test('stays quiet when the customer came back unasked', () => {
    const ann = new Trial(firstVisit);
    ann.event(bought, monday, order(), first);
    const again = ann.event(bought, monday + day, order(), { facts: { ...first.facts, keptOrders: 2 } });
    expect(again.timers).toEqual({ offer: null, reminder: null });
  });
  test('is never offered a second time', () => {
    for (const end of ['coupon.redeemed.v1', 'offer.declined.v1', bought]) {
      const { ann, actionId } = offered();
      const data = order({ couponId: actionId, actionId, coupon: actionId });
      expect(ann.event(end, monday + 9 * day, data).memory).toEqual({ state: 'over' });
      expect(ann.event(bought, monday + 400 * day, order(), first)).toEqual({ proposals: [] });
      expect(ann.timer(offer, monday + 401 * day, first)).toEqual({ proposals: [] });
    }
  });
});

describe('its reminder', () => {
  test('goes five days before the end, where the offer was delivered', () => {
    const { ann, actionId } = offered();
    expect(ann.event('message.delivered.v1', monday + 2 * day, { actionId: 'other' }).timers).toBeUndefined();
    expect(ann.event('message.delivered.v1', monday + 2 * day, { actionId }).timers).toEqual({
      reminder: monday + 27 * day,
    });
    const [proposal] = ann.timer(reminder, monday + 27 * day).proposals;
    expect(proposal).toMatchObject({
      kind: 'message',
      variables: { couponId: actionId },
      expiresAt: monday + 32 * day,
    });
  });
  test('is called off when the coupon is used', () => {
    const { ann, actionId } = offered();
    ann.event('message.delivered.v1', monday + 2 * day, { actionId });
    const used = ann.event('coupon.redeemed.v1', monday + 9 * day, { couponId: actionId });
    expect(used.timers).toEqual({ offer: null, reminder: null });
    expect(ann.event('coupon.redeemed.v1', monday + 9 * day, { couponId: 'other' })).toEqual({
      proposals: [],
    });
  });
  test('is not sent where the offer never went out', () => {
    expect(offered().ann.timer('another.timer', monday + 27 * day).proposals).toEqual([]);
  });
});
