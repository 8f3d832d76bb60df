import { couponCodes } from '../codes.js';
import { day, Desk, event, noon, proposal } from './arbiter.given.js';

const codes = couponCodes('a secret for specs, of thirty-two characters');
const until = noon + 10 * day;
const offer = () => proposal({ kind: 'offer', offerUntil: until, coupon: { percent: 12 } });

function held() {
  const desk = new Desk({ codes });
  const issued = desk.decide([offer()]);
  const [action] = issued.requested;
  return { desk, issued, actionId: action!.actionId, code: String(action!.variables['code']) };
}

describe('a coupon', () => {
  test('is issued with the offer, and both bear the same code', () => {
    const { issued, actionId, code } = held();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(issued.records).toMatchObject([
      {
        type: 'coupon.issued.v1',
        data: { couponId: actionId, code, terms: { percent: 12 }, keyId: codes('x').keyId },
      },
    ]);
    expect(issued.judgeAgainAt).toBe(until);
  });
  test('is not issued where the offer is not let through', () => {
    const desk = new Desk({ codes, brakes: { all: 'shadow' } });
    const { requested, suppressed, records } = desk.decide([offer()]);
    expect([requested, records]).toEqual([[], []]);
    expect(suppressed).toMatchObject([{ reason: 'shadow' }]);
  });
  test.each([
    ['its code at the till', 'coupon.redeemed.v1', 'code'],
    ['its code on an order', 'order.completed.v1', 'coupon'],
  ])('is redeemed by %s', (_, type, field) => {
    const { desk, actionId, code } = held();
    const redeemed = desk.decide([], {
      now: noon + day,
      event: event(type, { orderId: 'o-1', [field]: code }),
    });
    expect(redeemed.records).toMatchObject([
      { type: 'coupon.redeemed.v1', data: { couponId: actionId, code, orderId: 'o-1' } },
    ]);
    expect(desk.decide([], { now: until }).records).toEqual([]);
  });
  test('is not redeemed by another code', () => {
    const { desk } = held();
    const other = event('coupon.redeemed.v1', { code: 'ANOTHERCODE1' });
    expect(desk.decide([], { now: noon + day, event: other }).records).toEqual([]);
  });
  test('expires with its offer, once', () => {
    const { desk } = held();
    expect(desk.decide([], { now: until - 1 }).records).toEqual([]);
    expect(desk.decide([], { now: until }).records).toMatchObject([{ type: 'coupon.expired.v1' }]);
    expect(desk.decide([], { now: until + day }).records).toEqual([]);
  });
  test('is voided when the offer is declined, undelivered or withdrawn', () => {
    const declined = held();
    const no = event('offer.declined.v1', { actionId: declined.actionId });
    expect(declined.desk.decide([], { event: no }).records).toMatchObject([{ data: { reason: 'declined' } }]);
    const failed = held();
    const lost = event('message.failed.v1', { actionId: failed.actionId });
    expect(failed.desk.decide([], { event: lost }).records).toMatchObject([
      { type: 'coupon.voided.v1', data: { reason: 'undelivered' } },
    ]);
  });
});
