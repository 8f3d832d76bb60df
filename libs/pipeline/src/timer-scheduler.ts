import { encodeEvent, structuredHeaders, topicName } from '#contracts';
import type { CustomerStore, DueTimer } from './customer-store.port.js';
import type { EventLog } from './event-log.port.js';
import type { Located } from './topic-buffer.js';

const LIMIT = 2_000;
const REPUBLISH_AFTER_MS = 60_000;

/**
 * Publishes `timer.due.v1` for silent customers, at least once: a timer that comes twice, or that was set anew in the
 * meantime, matches nothing and changes nothing.
 */
export class TimerScheduler {
  #published = new Map<string, number>();

  constructor(
    private readonly deps: {
      readonly log: EventLog;
      readonly store: CustomerStore;
      readonly partition: number;
      readonly prefix: string;
    },
  ) {}

  /** Publishes what is due by the watermark and not on its way; returns how many. */
  async publishDue(watermark: number, now: number): Promise<number> {
    const { log, store, partition, prefix } = this.deps;
    const due = await store.due(partition, watermark, LIMIT);
    const fresh = due.filter((t) => now - (this.#published.get(keyOf(t)) ?? 0) > REPUBLISH_AFTER_MS);
    if (fresh.length === 0) return 0;
    const topic = topicName(prefix, 'lifecycle.inbox.v1');
    await log.publish(
      fresh.map((timer) => ({
        topic,
        partition,
        key: timer.customer,
        value: encodeTimer(timer),
        headers: structuredHeaders,
      })),
    );
    for (const timer of fresh) this.#published.set(keyOf(timer), now);
    return fresh.length;
  }

  /** Forgets the timers whose records were folded. True when there were any: more may have come due. */
  folded(batch: readonly Located[]): boolean {
    let any = false;
    for (const { decoded } of batch) {
      if (!decoded.ok || decoded.event.type !== 'timer.due.v1') continue;
      any = true;
      this.#published.delete(decoded.event.id);
    }
    return any;
  }
}

const keyOf = (timer: DueTimer) => `${timer.customer}/${timer.name}/${timer.due}`;

function encodeTimer(timer: DueTimer): string {
  const due = new Date(timer.due).toISOString();
  return encodeEvent({
    specversion: '1.0',
    id: keyOf(timer),
    source: '/perennial/timers',
    type: 'timer.due.v1',
    subject: timer.customer,
    time: due,
    data: { name: timer.name, due },
  });
}
