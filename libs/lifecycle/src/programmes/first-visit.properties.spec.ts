import fc from 'fast-check';
import { LiveCustomer } from '../live.js';
import type { Action, Lifecycle } from '../types.js';
import { day, offeringAll, time } from './story.given.js';

const withSecret = offeringAll(['first-visit', 'follow-up'], 'a secret for specs, of thirty-two characters');
const without = offeringAll(['first-visit', 'follow-up']);
const start = time('2026-01-05T15:00:00Z');

const acts = [
  'buy', 'buyNothing', 'use', 'useForeign', 'redeemById', 'redeemByCode', 'sendBack', 'cancel', 'deliver', 'decline',
  'fail', 'wait',
] as const; // prettier-ignore
const lives = fc.array(
  fc.record({ act: fc.constantFrom(...acts), days: fc.constantFrom(0, 0.2, 1, 2, 3, 9, 31, 70) }),
  { maxLength: 40 },
);
type Life = typeof lives extends fc.Arbitrary<infer Value> ? Value : never;

/** Everything that the customer is told of coupons, and what is published of them. */
function live(id: string, life: Life, lifecycle: Lifecycle) {
  const customer = new LiveCustomer(lifecycle, id);
  const actions: Action[] = [];
  const records: {
    readonly type: string;
    readonly data: { readonly couponId?: string; readonly code?: string };
  }[] = [];
  const note = (told: ReturnType<LiveCustomer['take']>) => {
    actions.push(...told.actions.filter(({ programme }) => programme === 'first-visit'));
    records.push(...(told.records as unknown as typeof records));
  };
  let at = start;
  let orders = 0;
  const happens = (type: string, data: object) => {
    customer.ring(at - 1).forEach(note);
    note(
      customer.take({
        id: `e-${at}-${type}-${actions.length}`,
        source: '/shop',
        subject: id,
        type,
        at,
        data,
      }),
    );
  };
  const buys = (more: object = {}) =>
    happens('order.completed.v1', {
      orderId: `o-${orders++}`,
      total: 20,
      currency: 'USD',
      products: [],
      ...more,
    });
  const offer = () => actions.findLast(({ kind }) => kind === 'offer');
  const takeBack = { orderId: `o-0`, whole: true };
  happens('consent.changed.v1', { channel: 'email', purpose: 'marketing', granted: true });
  for (const { act, days } of life) {
    at += Math.round(days * day) + 1;
    const { actionId = 'none', variables } = offer() ?? {};
    const code = (variables?.['code'] ?? 'NONE') as string;
    if (act === 'buy') buys();
    else if (act === 'buyNothing') buys({ total: 0 });
    else if (act === 'use') buys({ coupon: code });
    else if (act === 'useForeign') buys({ coupon: 'WELCOME' });
    else if (act === 'redeemById') happens('coupon.redeemed.v1', { couponId: actionId });
    else if (act === 'redeemByCode') happens('coupon.redeemed.v1', { code });
    else if (act === 'sendBack')
      happens('order.returned.v1', { ...takeBack, orderId: `o-${Math.max(0, orders - 1)}` });
    else if (act === 'cancel') happens('order.cancelled.v1', takeBack);
    else if (act === 'deliver') happens('message.delivered.v1', { actionId, channel: 'email' });
    else if (act === 'decline') happens('offer.declined.v1', { actionId });
    else if (act === 'fail') happens('message.failed.v1', { actionId, channel: 'email' });
  }
  customer.ring(at + 100 * day).forEach(note);
  return { actions, records };
}

const typed = ({ records }: ReturnType<typeof live>, type: string) =>
  records.filter((record) => record.type === type);

test('whatever a customer does, there is one offer and one coupon at most, one reminder of it, and one end', () => {
  let offers = 0;
  fc.assert(
    fc.property(lives, (life) => {
      const told = live('ann', life, withSecret);
      const made = told.actions.filter(({ kind }) => kind === 'offer');
      const reminders = told.actions.filter(({ template }) => template === 'first-visit.reminder');
      const issued = typed(told, 'coupon.issued.v1');
      const ends = ['redeemed', 'expired', 'voided'].flatMap((end) => typed(told, `coupon.${end}.v1`));
      offers += made.length;
      expect(made.length).toBeLessThanOrEqual(1);
      expect(reminders.length).toBeLessThanOrEqual(made.length);
      expect(issued.map(({ data }) => data.couponId)).toEqual(made.map(({ actionId }) => actionId));
      expect(ends.map(({ data }) => data.couponId)).toEqual(made.map(({ actionId }) => actionId));
    }),
    { numRuns: 150 },
  );
  expect(offers).toBeGreaterThan(30);
});

test('nobody is told a code where there is no secret, and everybody one of their own where there is', () => {
  const once: Life = [
    { act: 'buy', days: 0 },
    { act: 'wait', days: 3 },
    { act: 'deliver', days: 0 },
  ];
  const codes = new Set<unknown>();
  for (let n = 0; n < 200; n++) {
    const { actions, records } = live(`ann-${n}`, once, withSecret);
    const [code, ...more] = new Set([
      ...actions.map(({ variables }) => variables['code']),
      records[0]!.data.code,
    ]);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(more).toEqual([]);
    codes.add(code);
  }
  expect(codes.size).toBe(200);
  fc.assert(
    fc.property(lives, (life) => {
      const { actions, records } = live('ann', life, without);
      expect(actions.filter(({ variables }) => 'code' in variables)).toEqual([]);
      expect(records.filter(({ data }) => data.code !== undefined)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
