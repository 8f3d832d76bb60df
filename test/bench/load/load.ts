import { randomFrom } from '#analysis';
import { encodeEvent, eventTypes, structuredHeaders, topicName } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import { Shop } from './shop.js';
import { drawCustomer, type LoadShape } from './who.js';

export interface Load {
  readonly events: number;
  readonly customers: number;
  readonly shape: LoadShape;
  readonly seed: number;
  /** Over how many days a backlog spreads; sixty where absent: with ten events a customer, an order every other week. */
  readonly days?: number;
}

/** The topics that the load lies in, without prefix. */
export const loadTopics = ['purchase.events.v1', 'support.events.v1', 'engagement.events.v1'] as const;

/** The load spread evenly over its days, the last event a minute ago, in order of event time. Ids are `e0`, `e1` … */
export function backlogOf(load: Load, prefix: string): Iterable<OutboundRecord> {
  const span = (load.days ?? 60) * 24 * 3_600_000;
  const begin = Date.now() - 60_000 - span;
  const step = span / load.events;
  return recordsOf(load, prefix, { idOf: (n) => `e${n}`, timeOf: (n) => begin + Math.round((n + 1) * step) });
}

/** The load as it happens: each event's time is when it is taken from here. Ids are `live-0`, `live-1` … */
export const liveOf = (load: Load, prefix: string): Iterator<OutboundRecord> =>
  recordsOf(load, prefix, { idOf: (n) => `live-${n}`, timeOf: () => Date.now() })[Symbol.iterator]();

interface Naming {
  readonly idOf: (n: number) => string;
  readonly timeOf: (n: number) => number;
}

/** Structured CloudEvents keyed by customer. */
function* recordsOf({ events, customers, shape, seed }: Load, prefix: string, { idOf, timeOf }: Naming) {
  const who = drawCustomer(shape, customers, randomFrom(seed));
  const shop = new Shop(customers, seed + 1);
  for (let n = 0; n < events; n++) {
    const customer = who(n);
    const { type, data } = shop.next(customer, n);
    const subject = `c${customer}`;
    const time = new Date(timeOf(n)).toISOString();
    const record: OutboundRecord = {
      topic: topicName(prefix, eventTypes[type].topic),
      key: subject,
      value: encodeEvent({ specversion: '1.0', id: idOf(n), source: '/bench', type, subject, time, data }),
      headers: structuredHeaders,
    };
    yield record;
  }
}
