import { encodeEvent, homePartition, structuredHeaders, type EventType, type DataOf } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import type { Random } from './random.js';

export const group = 'simulation';
export const partitions = 2;
export const start = Date.parse('2026-03-04T12:00:00Z');
const day = 86_400_000;
export const customers = ['ann', 'bob', 'cem', 'dana', 'eli'] as const;

/** What upstream publishes: some sixty days of events of five customers, some misplaced, doubled, late or broken. */
export function storyOf(random: Random, most: number): readonly OutboundRecord[] {
  const count = 5 + random.below(Math.max(1, most - 4));
  const times = Array.from({ length: count }, () => start - Math.floor(random.next() * 60 * day)).sort(
    (a, b) => a - b,
  );
  const records: OutboundRecord[] = [];
  for (const [n, at] of times.entries()) {
    const time = random.chance(0.1) ? at - 20 * day : at;
    const record = recordOf(random, n, time, customers, partitions);
    records.push(record);
    if (random.chance(0.1)) records.push(record);
  }
  return records;
}

/** The n-th event, of time `at`: now and then on a foreign partition, or broken. */
export function recordOf(
  random: Random,
  n: number,
  at: number,
  customers: readonly string[],
  partitions: number,
): OutboundRecord {
  const customer = random.of(customers);
  const made = (topic: string, type: EventType, data: unknown): OutboundRecord => {
    const time = new Date(at).toISOString();
    const envelope = {
      specversion: '1.0',
      id: `e-${n}`,
      source: '/shop',
      type,
      subject: customer,
      time,
      data,
    };
    const broken = random.chance(0.05);
    const stray = random.chance(0.1);
    return {
      topic,
      key: customer,
      value: broken ? `{"specversion":"1.0","id":"e-${n}"` : encodeEvent(envelope as never),
      headers: structuredHeaders,
      partition: stray ? random.below(partitions) : homePartition(customer, partitions),
    };
  };
  const purchase = (data: DataOf<'order.completed.v1'>) =>
    made('purchase.events.v1', 'order.completed.v1', data);
  switch (random.below(12)) {
    case 0:
      return made('support.events.v1', 'case.opened.v1', { caseId: `k-${random.below(3)}`, cause: 'late' });
    case 1:
      return made('support.events.v1', 'case.resolved.v1', { caseId: `k-${random.below(3)}` });
    case 2:
      return made('engagement.events.v1', 'survey.answered.v1', { survey: 'nps', score: random.below(11) });
    case 3:
      return made('profile.events.v1', 'consent.changed.v1', {
        purpose: 'marketing',
        channel: 'email',
        granted: random.chance(0.8),
      });
    case 4:
      return made('purchase.events.v1', 'order.returned.v1', { orderId: `o-${random.below(n + 1)}` });
    case 5:
      return random.chance(0.2)
        ? made('profile.events.v1', 'customer.erased.v1', {})
        : made('profile.events.v1', 'account.assigned.v1', { accountManager: 'desk-1' });
    default:
      return purchase({ orderId: `o-${n}`, total: 10 + random.below(90), currency: 'EUR', products: [] });
  }
}
