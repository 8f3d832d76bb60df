import { randomFrom } from '#analysis';
import { encodeEvent, eventTypes, structuredHeaders, topicName } from '#contracts';
import type { EventLog, OutboundRecord } from '#pipeline';
import { Shop } from '../bench/load/shop.js';

const active = 400;
const eventsEach = 40;
const tickMs = 50;

/**
 * Customers who come, do about forty things, and are not seen again: what an engine remembers of those who are there is
 * bounded, so its memory must be.
 */
export class Load {
  readonly #random: () => number;
  readonly #shop: Shop;
  published = 0;

  /** `events`: at most so many will be asked for. */
  constructor(
    private readonly log: Pick<EventLog, 'publish'>,
    private readonly prefix: string,
    events: number,
    private readonly seed: number,
  ) {
    this.#random = randomFrom(seed);
    this.#shop = new Shop(Math.ceil(events / eventsEach) + active + 1, seed + 1);
  }

  /** Publishes `rate` events a second for so many ms. A log that is slower gets fewer. */
  async run(rate: number, ms: number): Promise<void> {
    const began = performance.now();
    for (let due = 0; performance.now() - began < ms;) {
      const passed = Math.min(ms, performance.now() - began);
      // What a slow moment left undone is not made up for at once: that would be a burst.
      const count = Math.min(
        Math.floor((passed * rate) / 1_000) - due,
        Math.ceil((4 * tickMs * rate) / 1_000),
      );
      due = Math.floor((passed * rate) / 1_000);
      if (count > 0) await this.log.publish(Array.from({ length: count }, () => this.#next()));
      await new Promise((resolve) => setTimeout(resolve, tickMs));
    }
  }

  #next(): OutboundRecord {
    const n = this.published++;
    const customer = Math.floor(n / eventsEach) + Math.floor(this.#random() * active);
    const { type, data } = this.#shop.next(customer, n);
    const subject = `soak-${customer}`;
    const time = new Date().toISOString();
    const event = { specversion: '1.0', id: `${this.seed}-${n}`, source: '/soak', type, subject, time, data };
    return {
      topic: topicName(this.prefix, eventTypes[type].topic),
      key: subject,
      value: encodeEvent(event as Parameters<typeof encodeEvent>[0]),
      headers: structuredHeaders,
    };
  }
}
