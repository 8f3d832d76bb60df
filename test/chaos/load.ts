import { encodeEvent, homePartition, structuredHeaders, type EventType } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import { Random } from '../simulation/random.js';

export interface LoadOptions {
  readonly seed: number;
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
  /** Event time of the last event, ms; the first is ten days before. */
  readonly until: number;
}

const day = 86_400_000;
const span = 10 * day;
/** How far, at most, an event's time lies off its place in the stream. */
const jitter = day / 48;

/**
 * What upstream publishes: events of ten days over four topics, every hundredth malformed, every hundredth on a foreign
 * partition, and every fiftieth published once more a little later. A record's number is in its header `load-n`; a malformed
 * one says so in `load-kind`.
 */
export function* loadOf(options: LoadOptions): Generator<OutboundRecord> {
  const { seed, events } = options;
  const random = new Random(seed);
  const again: { at: number; record: OutboundRecord }[] = [];
  for (let n = 0; n < events; n++) {
    const due = again.findIndex(({ at }) => at <= n);
    const [twice] = due < 0 ? [] : again.splice(due, 1);
    if (twice) {
      yield { ...twice.record, headers: { ...twice.record.headers, 'load-n': String(n) } };
      continue;
    }
    const record = recordOf(random, n, options);
    if (random.chance(0.02)) again.push({ at: n + 1 + random.below(50), record });
    yield record;
  }
}

function recordOf(random: Random, n: number, options: LoadOptions): OutboundRecord {
  const { events, customers, partitions, until } = options;
  const subject = `c-${random.below(customers)}`;
  const at = Math.round(until - span + (n / events) * span - random.next() * jitter);
  const [topic, type, data] = eventOf(random, n);
  const event = { specversion: '1.0', id: `e-${n}`, source: '/chaos', type, subject, time: iso(at), data };
  const home = homePartition(subject, partitions);
  const kind = random.chance(0.01) ? 'malformed' : 'event';
  const partition = kind === 'event' && random.chance(0.01) ? (home + 1) % partitions : home;
  const value = encodeEvent(event as never).toString();
  return {
    topic,
    partition,
    key: subject,
    value: kind === 'malformed' ? spoilt(random, value) : value,
    headers: { ...structuredHeaders, 'load-n': String(n), 'load-kind': kind },
  };
}

function eventOf(random: Random, n: number): [topic: string, type: EventType, data: unknown] {
  const lot = random.next();
  if (lot < 0.3) {
    const data = { orderId: `o-${n}`, total: 5 + random.below(95), currency: 'EUR', products: [] };
    return ['purchase.events.v1', 'order.completed.v1', data];
  }
  if (lot < 0.55) return ['engagement.events.v1', 'page.visited.v1', { page: '/' }];
  if (lot < 0.7)
    return ['engagement.events.v1', 'survey.answered.v1', { survey: 'nps', score: random.below(11) }];
  if (lot < 0.85) return ['support.events.v1', 'case.opened.v1', { caseId: `k-${n}`, cause: 'late' }];
  return ['profile.events.v1', 'account.assigned.v1', { accountManager: `desk-${random.below(9)}` }];
}

/** Broken in one of the ways in which upstreams break things. */
function spoilt(random: Random, value: string): string {
  switch (random.below(4)) {
    case 0:
      return value.slice(0, value.length >> 1);
    case 1:
      return value.replace('"specversion":"1.0"', '"specversion":"0.3"');
    case 2:
      return value.replace(/"time":"[^"]*"/, '"time":"yesterday"');
    default:
      return value.replace(/"type":"[^"]*"/, '"type":"parcel.lost.v1"');
  }
}

const iso = (ms: number) => new Date(ms).toISOString();
