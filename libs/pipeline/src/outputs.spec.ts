import { eventTypes, homePartition, validateData, type EventType } from '#contracts';
import type { Action, Advance, Lifecycle, PublishedRecord } from '#lifecycle';
import { outputsOf } from './outputs.js';

const partitions = 8;
const customer = 'ada';
const home = homePartition(customer, partitions);
const elsewhere = (what: string) =>
  Array.from({ length: 99 }, (_, n) => `${what}-${n}`).find((id) => homePartition(id, partitions) !== home)!;
const product = elsewhere('sku');
const referrer = elsewhere('friend');

const at = Date.parse('2026-03-01T00:00:00Z');
const now = at + 60_000;
const evidence = { rule: 'earned', facts: { orders: 1 }, causes: ['/shop#o-1'] };
const redeemed = { couponId: 'c-1', code: 'ABCDEFGHJK', orderId: 'o-1' };
const records: PublishedRecord[] = [
  {
    type: 'redemption.refused.v1',
    id: 'r1',
    subject: customer,
    at,
    data: { redemptionId: 'x', reason: 'notEnoughPoints', balance: 1 },
    evidence,
  },
  { type: 'coupon.redeemed.v1', id: 'r2', subject: customer, at, data: redeemed, evidence },
  {
    type: 'referral.converted.v1',
    id: 'r3',
    subject: referrer,
    at,
    data: { friend: customer, orderId: 'o-1' },
    evidence,
  },
  {
    type: 'coupon.voided.v1',
    id: 'r4',
    subject: product,
    at,
    data: { couponId: 'c-1', reason: 'spec' },
    evidence,
  },
];
const action: Action = {
  actionId: 'a1',
  programme: 'follow-up',
  kind: 'message',
  purpose: 'service',
  channel: 'email',
  audience: 'customer',
  template: 'follow-up.thanks',
  variables: {},
  priority: 1,
  notBefore: at,
  expiresAt: now,
  evidence,
};
const advance: Advance = {
  customer: { id: customer, definition: 'toy@1', stage: 'exploration', health: 'well', timers: [] },
  transitions: [{ id: 't1', region: 'stage', from: 'exploration', to: 'awareness', at, evidence }],
  actions: [action],
  suppressed: [{ action: { ...action, actionId: 'a2' }, reason: 'control' }],
  records,
  duplicate: false,
  late: false,
  cut: [],
};
const lifecycle = { definition: { name: 'toy', version: 1, hash: 'h' } } as Lifecycle;

interface Published {
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
  readonly time: string;
  readonly data: Record<string, unknown>;
}

describe('the outputs of one advance', () => {
  const outputs = outputsOf(customer, advance, now, { lifecycle, partition: home, partitions, prefix: 'p.' });
  const events = outputs.map(({ value }) => JSON.parse(String(value)) as Published);
  const published = (id: string) => events.find((event) => event.id === id);
  const record = (id: string) => outputs[events.findIndex((event) => event.id === id)];

  it('are transitions, then records, then requests, then suppressions, each in the order decided', () => {
    expect(events.map(({ id }) => id)).toEqual(['t1', 'r1', 'r2', 'r3', 'r4', 'a1', 'a2-suppressed']);
  });

  it('fit the schema of their type', () => {
    for (const { id, type, data } of events) expect([id, validateData(type, data)]).toEqual([id, undefined]);
  });

  it('stand on the topic of their type; a coupon redeemed on the ledger, not among the inputs', () => {
    expect(record('r1')?.topic).toBe('p.loyalty.ledger.v1');
    expect(record('r2')?.topic).toBe('p.loyalty.ledger.v1');
    expect(record('r3')?.topic).toBe('p.lifecycle.inbox.v1');
    expect(eventTypes['coupon.redeemed.v1'].topic).toBe('engagement.events.v1');
  });

  it('are keyed by their subject at its home partition', () => {
    expect(record('r1')).toMatchObject({ key: customer, partition: home });
    expect(record('r3')).toMatchObject({ key: referrer, partition: homePartition(referrer, partitions) });
    expect(record('r4')).toMatchObject({ key: product, partition: homePartition(product, partitions) });
  });

  it('carry definition and evidence; what goes to the inbox is an input like any other', () => {
    expect(published('r2')?.data).toEqual({ ...redeemed, definition: 'toy@1', ...evidence });
    expect(published('r3')).toMatchObject({
      subject: referrer,
      time: '2026-03-01T00:00:00.000Z',
      data: { friend: customer, orderId: 'o-1' },
    });
    expect(Object.keys(published('r3')?.data ?? {})).toEqual(['friend', 'orderId']);
  });

  it('of an advance that decided nothing are none', () => {
    const nothing = { ...advance, transitions: [], records: [], actions: [], suppressed: [] };
    expect(outputsOf(customer, nothing, now, { lifecycle, partition: 0, partitions, prefix: '' })).toEqual(
      [],
    );
  });
});
