import { decodeRecord, identityHash, topicName, type DataOf } from '#contracts';
import type { EventLog, LogRecord } from '#pipeline';
import { Counts } from './counts.js';
import { RecentIdentities } from './recent-identities.js';

/** Event times, ms: `from ≤ t < to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Source {
  readonly log: EventLog;
  readonly prefix: string;
  /** Wall clock, ms. */
  readonly now: number;
}

/**
 * Sales from `purchase.events.v1`, signals from `quality.signals.v1`, each topic read once from its beginning to its present
 * end. Records that are no valid orders are passed over, as the engine does. @throws LogError when a topic is missing.
 */
export async function readCounts({ log, prefix, now }: Source, { from, to }: Span): Promise<Counts> {
  const counts = new Counts();
  for await (const { record, seen } of recordsOf(log, topicName(prefix, 'purchase.events.v1'))) {
    const decoded = decodeRecord(record, { now, prefix });
    if (!decoded.ok || decoded.event.type !== 'order.completed.v1') continue;
    const { at, data } = decoded.event;
    if (at < from || at >= to || data.products.length === 0) continue;
    if (seen.isNew(identityHash(decoded.event))) counts.order(data.products);
  }
  for await (const { record, seen } of recordsOf(log, topicName(prefix, 'quality.signals.v1'))) {
    const { id, subject, time, data } = JSON.parse(String(record.value)) as Signalled;
    const at = Date.parse(time);
    if (at < from || at >= to || !seen.isNew(id)) continue;
    counts.signal(subject, data.signal, data.cause, data.category);
  }
  return counts;
}

interface Signalled {
  readonly id: string;
  readonly subject: string;
  readonly time: string;
  readonly data: DataOf<'product.signalled.v1'>;
}

/** Every record of a topic up to its present end, with what was seen of its partition. */
async function* recordsOf(
  log: EventLog,
  topic: string,
): AsyncGenerator<{ readonly record: LogRecord; readonly seen: RecentIdentities }> {
  for (const [partition, { start, end }] of (await log.range(topic)).entries()) {
    const seen = new RecentIdentities();
    for await (const records of log.read(topic, partition, start, end))
      for (const record of records) yield { record, seen };
  }
}
