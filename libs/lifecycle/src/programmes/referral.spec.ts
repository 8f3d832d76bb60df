import type { DataOf } from '#contracts';
import { at, becomes, day, Trial } from './programmes.given.js';
import { referral } from './referral.js';

const monday = at('2026-03-02');
const ann = (chosen: object = {}) => new Trial(referral, chosen);
const kept = 'referral.kept';

describe('an invitation', () => {
  const glad = {
    facts: { purchases: 3, lastNps: 9, detractor: false, openCases: 0, endedBySupplier: false },
  };
  const nps = (score: number) => ({ survey: 'nps', score });
  const invited = (data: object, scene: object = {}, customer = ann(), when = monday) =>
    customer.event('survey.answered.v1', when, data, { ...glad, ...scene }).proposals;

  test('goes to a promoter', () => {
    expect(invited(nps(9))).toMatchObject([
      {
        kind: 'message',
        purpose: 'marketing',
        audience: 'customer',
        template: 'referral.invitation',
        variables: { occasion: 'promoter', credit: 10, friendCredit: 10 },
        evidence: { rule: 'referral.promoter', facts: { lastNps: 9, purchases: 3 } },
        restsOn: { detractor: false, openCases: 0, endedBySupplier: false },
      },
    ]);
    expect(invited(nps(10))).toHaveLength(1);
  });
  test('goes to one who becomes committed', () => {
    const committed = {
      ...becomes('well', 'boughtFaithfully'),
      region: 'stage',
      from: 'expansion',
      to: 'commitment',
    } as const;
    const scene = { ...glad, stage: 'commitment', transitions: [committed] } as const;
    expect(ann().event('order.completed.v1', monday, {}, scene).proposals).toMatchObject([
      { template: 'referral.invitation', evidence: { rule: 'referral.committed' } },
    ]);
  });
  test('goes once in 180 days', () => {
    const customer = ann();
    const counts = [0, 179, 180, 181].map(
      (days) => invited(nps(9), {}, customer, monday + days * day).length,
    );
    expect(counts).toEqual([1, 0, 1, 0]);
  });
  test('stays quiet at a middling score, and at a good one of another survey', () => {
    expect(invited(nps(8))).toEqual([]);
    expect(invited({ survey: 'csat', score: 5 })).toEqual([]);
    expect(invited({ survey: 'feedback', score: 10 })).toEqual([]);
  });
  test('stays quiet to one at risk, with an open case, without a purchase, and at a late event', () => {
    expect(invited(nps(9), { health: 'atRisk' })).toEqual([]);
    expect(invited(nps(9), { health: 'none' })).toEqual([]);
    expect(invited(nps(9), { facts: { ...glad.facts, openCases: 1 } })).toEqual([]);
    expect(invited(nps(9), { facts: { ...glad.facts, purchases: 0 } })).toEqual([]);
    expect(invited(nps(9), { late: true })).toEqual([]);
  });
  test('stays quiet to a committed customer who would not recommend us', () => {
    const committed = { ...becomes('well', 'x'), region: 'stage', to: 'commitment' } as const;
    const scene = { facts: { purchases: 9, detractor: true }, transitions: [committed] } as const;
    expect(ann().event('order.completed.v1', monday, {}, scene).proposals).toEqual([]);
  });
});

const joins = { referrer: 'bea', referralId: 'r1', paymentFingerprint: 'p-of-friend' };
const order = (orderId: string) => ({ orderId, total: 20, currency: 'EUR', products: [] });
const firstAt = monday + 2 * day;
const bought = {
  facts: {
    orders: 1,
    keptOrders: 1,
    firstPurchaseAt: firstAt,
    lastOrderCurrency: 'EUR',
    endedBySupplier: false,
  },
};
/** A friend who joined on Monday and bought on Wednesday. */
function friend(data: object = joins, scene: object = { facts: { orders: 0 } }) {
  const customer = ann();
  customer.event('referral.joined.v1', monday, data, scene);
  const step = customer.event('order.completed.v1', firstAt, order('o1'), bought);
  return { customer, due: step.timers?.['kept'] };
}

describe("the friend's side", () => {
  test('tells the referrer when the return window has closed over the first kept purchase', () => {
    const { customer, due } = friend();
    expect(due).toBe(firstAt + 30 * day);
    const { records, proposals } = customer.timer(kept, due!, bought);
    expect(proposals).toEqual([]);
    expect(records).toMatchObject([
      {
        type: 'referral.converted.v1',
        subject: 'bea',
        data: {
          friend: 'ann',
          orderId: 'o1',
          referralId: 'r1',
          joinedAt: new Date(monday).toISOString(),
          paymentFingerprint: 'p-of-friend',
        },
      },
    ]);
    expect(records![0]!.evidence.facts).not.toHaveProperty('paymentFingerprint');
  });
  test('tells it once for ever, whatever is bought afterwards', () => {
    const { customer, due } = friend();
    customer.timer(kept, due!, bought);
    expect(customer.event('order.completed.v1', due! + day, order('o2'), bought)).toEqual({ proposals: [] });
    expect(customer.timer(kept, due! + 60 * day, bought)).toEqual({ proposals: [] });
  });
  test('waits for the first purchase that is not sent back', () => {
    const { customer, due } = friend();
    customer.event('order.completed.v1', firstAt + 5 * day, order('o2'), bought);
    const second = { facts: { ...bought.facts, firstPurchaseAt: firstAt + 5 * day } };
    const back = customer.event('order.returned.v1', firstAt + 6 * day, { orderId: 'o1' }, second);
    expect(back.timers).toEqual({ kept: due! + 5 * day });
    const { records } = customer.timer(kept, due! + 5 * day, second);
    expect(records).toMatchObject([{ data: { orderId: 'o2' } }]);
    const nothingKept = { facts: { ...bought.facts, firstPurchaseAt: undefined } };
    expect(
      friend().customer.event('order.cancelled.v1', firstAt + day, { orderId: 'o1' }, nothingKept).timers,
    ).toEqual({ kept: null });
  });
  test('takes fingerprints from the profile where the joining has none', () => {
    const { customer, due } = friend({ referrer: 'bea' });
    const known = { facts: { ...bought.facts, addressFingerprint: 'a-of-ann' } };
    expect(customer.timer(kept, due!, known).records).toMatchObject([
      { data: { addressFingerprint: 'a-of-ann' } },
    ]);
  });
  test('has one referrer for ever, the first', () => {
    const customer = ann();
    customer.event('referral.joined.v1', monday, joins, { facts: { orders: 0 } });
    customer.event('referral.joined.v1', monday + day, { referrer: 'cleo' }, { facts: { orders: 0 } });
    customer.event('order.completed.v1', firstAt, order('o1'), bought);
    expect(customer.timer(kept, firstAt + 30 * day, bought).records).toMatchObject([{ subject: 'bea' }]);
  });
  test('credits itself when the referrer is found entitled, once', () => {
    const { customer, due } = friend();
    const accepted = { referrer: 'bea', orderId: 'o1', referralId: 'r1' };
    const answer = (data: object) => customer.event('referral.accepted.v1', due! + 1, data, bought).proposals;
    expect(answer(accepted)).toEqual([]);
    customer.timer(kept, due!, bought);
    expect(answer({ ...accepted, referrer: 'cleo' })).toEqual([]);
    expect(answer(accepted)).toMatchObject([
      {
        kind: 'perk',
        purpose: 'transactional',
        template: 'referral.credit',
        variables: { side: 'friend', amount: 10, currency: 'EUR', orderId: 'o1', referralId: 'r1' },
      },
    ]);
    expect(answer(accepted)).toEqual([]);
  });
  test('stays quiet to a customer who has bought before, and to one who recommends themselves', () => {
    expect(friend(joins, { facts: { orders: 1 } }).due).toBeUndefined();
    expect(friend({ referrer: 'ann' }).due).toBeUndefined();
  });
  test('stays quiet where a late event shows a purchase before the joining', () => {
    const { customer, due } = friend();
    const before = { facts: { ...bought.facts, firstPurchaseAt: monday - day } };
    expect(customer.timer(kept, due!, before).records).toBeUndefined();
  });
  test('waits while fraud is suspected', () => {
    const { customer, due } = friend();
    const suspected = { facts: { ...bought.facts, flags: ['fraud'] } };
    expect(customer.timer(kept, due!, suspected)).toEqual({
      proposals: [],
      timers: { kept: due! + 30 * day },
    });
    expect(customer.timer(kept, due! + 30 * day, bought).records).toHaveLength(1);
  });
  test('stays quiet at the purchases of all who joined on nobody’s word', () => {
    expect(ann().event('order.completed.v1', monday, order('o1'), bought)).toEqual({ proposals: [] });
  });
});

describe("the referrer's side", () => {
  const converted: DataOf<'referral.converted.v1'> = {
    friend: 'dan',
    orderId: 'o9',
    referralId: 'r1',
    joinedAt: new Date(monday).toISOString(),
  };
  const own = {
    facts: {
      firstPurchaseAt: monday - day,
      keptOrders: 4,
      lastOrderCurrency: 'USD',
      addressFingerprint: 'a-of-ann',
      paymentFingerprint: 'p-of-ann',
    },
  };
  const told = (data: object = {}, scene: object = own, customer = ann(), when = monday + 40 * day) =>
    customer.event('referral.converted.v1', when, { ...converted, ...data }, scene);

  test('credits itself and lets the friend know', () => {
    const { proposals, records } = told({ paymentFingerprint: 'p-of-dan', addressFingerprint: 'a-of-dan' });
    expect(proposals).toMatchObject([
      {
        kind: 'perk',
        purpose: 'transactional',
        template: 'referral.credit',
        variables: { side: 'referrer', amount: 10, currency: 'USD', orderId: 'o9' },
      },
    ]);
    expect(records).toMatchObject([
      {
        type: 'referral.accepted.v1',
        subject: 'dan',
        data: { referrer: 'ann', orderId: 'o9', referralId: 'r1' },
      },
    ]);
  });
  test('does so when the word comes late, since partitions do not wait for each other', () => {
    expect(told({}, { ...own, late: true }).proposals).toHaveLength(1);
  });
  test.each([
    ['who had not bought before the friend joined', { joinedAt: new Date(monday - day).toISOString() }, own],
    ['who kept no purchase', {}, { facts: { ...own.facts, firstPurchaseAt: undefined } }],
    ['of a friend without a time of joining', { joinedAt: undefined }, own],
    ['who lives where the friend lives', { addressFingerprint: 'a-of-ann' }, own],
    ['who pays as the friend pays', { paymentFingerprint: 'p-of-ann' }, own],
    ['who is the friend', { friend: 'ann' }, own],
    ['who is suspected of fraud', {}, { facts: { ...own.facts, flags: ['fraud'] } }],
    ['whom the supplier has given up', {}, { facts: { ...own.facts, endedBySupplier: true } }],
  ])('stays quiet for one %s', (_, data, scene) => {
    expect(told(data, scene)).toEqual({ proposals: [] });
  });
  test('credits each friend once', () => {
    const customer = ann();
    expect(told({}, own, customer).proposals).toHaveLength(1);
    expect(told({ orderId: 'o10' }, own, customer)).toEqual({ proposals: [] });
  });
  test('credits ten friends in a year, and the next when the first is a year old', () => {
    const customer = ann();
    const count = (n: number, when: number) =>
      told({ friend: `f${n}` }, own, customer, when).proposals.length;
    const counts = Array.from({ length: 12 }, (_, n) => count(n, monday + n * day));
    expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(count(20, monday + 364 * day)).toBe(0);
    expect(count(21, monday + 365 * day)).toBe(1);
  });
  test('keeps a memory of bounded size, without the friends’ names', () => {
    const customer = ann({ mostYearly: 64 });
    for (let n = 0; n < 400; n++) told({ friend: `friend-${n}` }, own, customer, monday + n * 7 * day);
    expect(customer.memory!.credited).toHaveLength(64);
    expect(JSON.stringify(customer.memory)).not.toContain('friend-');
  });
});
