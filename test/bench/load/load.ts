import { encodeEvent, eventTypes, structuredHeaders, topicName } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import { seeded } from './seeded.js';
import { Shop } from './shop.js';
import { drawCustomer, type LoadShape } from './who.js';

export interface Load {
  readonly events: number;
  readonly customers: number;
  readonly shape: LoadShape;
  readonly seed: number;
  /** Event time of the last event, ms. */
  readonly until: number;
}

/** Over how long the events spread: with ten a customer, an order every other week. */
const SPAN_MS = 60 * 24 * 3_600_000;

/** The topics that the load lies in, without prefix. */
export const loadTopics = ['purchase.events.v1', 'support.events.v1', 'engagement.events.v1'] as const;

/** The load's events in order of event time, as structured CloudEvents keyed by customer. */
export function* eventsOf({ events, customers, shape, seed, until }: Load, prefix: string) {
  const who = drawCustomer(shape, customers, seeded(seed));
  const shop = new Shop(customers, seed + 1);
  const step = SPAN_MS / events;
  for (let n = 0; n < events; n++) {
    const customer = who(n);
    const { type, data } = shop.next(customer, n);
    const subject = `c${customer}`;
    const time = new Date(until - SPAN_MS + Math.round((n + 1) * step)).toISOString();
    const record: OutboundRecord = {
      topic: topicName(prefix, eventTypes[type].topic),
      key: subject,
      value: encodeEvent({ specversion: '1.0', id: `e${n}`, source: '/bench', type, subject, time, data }),
      headers: structuredHeaders,
    };
    yield record;
  }
}
