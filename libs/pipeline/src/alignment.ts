import type { Located, TopicBuffer } from './topic-buffer.js';

/** What to do next with the buffers of one partition index. */
export type Cut =
  /** `watermark` is Infinity when no topic lags. */
  | { readonly kind: 'take'; readonly to: ReadonlyMap<string, number>; readonly watermark: number }
  /** These topics have lag but nothing buffered: their records may be the oldest. */
  | { readonly kind: 'wait'; readonly topics: readonly string[] }
  /** Nothing buffered and nothing to come. */
  | { readonly kind: 'idle' };

export interface CutOptions {
  /** Topics that have been waited for long enough. */
  readonly waitNoLongerFor: ReadonlySet<string>;
  readonly maxRecords: number;
}

const byEventTime = (a: Entry, b: Entry) => a.at - b.at || a.topic - b.topic || a.offset - b.offset;
interface Entry {
  readonly at: number;
  readonly topic: number;
  readonly offset: number;
}

/**
 * Cuts the buffers at the alignment time: the least, over topics with lag, of the event time of their last buffered
 * record. From each topic goes the prefix up to its last record not later than that. The topic that sets the time goes
 * whole, so there is always progress.
 */
export function cut(buffers: readonly TopicBuffer[], options: CutOptions): Cut {
  const lagging = buffers.filter((b) => b.lagging && !options.waitNoLongerFor.has(b.topic));
  const starved = lagging.filter((b) => b.length === 0);
  if (starved.length > 0) return { kind: 'wait', topics: starved.map((b) => b.topic) };

  const until = Math.min(Infinity, ...lagging.map((b) => lastEventTime(b.records)));
  const counts = buffers.map((b) => prefixUntil(b.records, until));
  if (counts.every((n) => n === 0)) return { kind: 'idle' };
  const bounded = bound(buffers, counts, options.maxRecords);
  const to = new Map<string, number>();
  for (const [i, buffer] of buffers.entries()) {
    const end = endOfPrefix(buffer, bounded.counts[i] ?? 0);
    if (end !== undefined) to.set(buffer.topic, end);
  }
  return {
    kind: 'take',
    to,
    watermark: Math.min(until, bounded.before),
  };
}

function lastEventTime(records: readonly Located[]): number {
  for (let i = records.length - 1; i >= 0; i--) {
    const at = records[i]?.at ?? -Infinity;
    if (at !== -Infinity) return at;
  }
  return -Infinity;
}

/** How many records lead up to, and include, the last one not later than `until`. */
function prefixUntil(records: readonly Located[], until: number): number {
  for (let i = records.length - 1; i >= 0; i--) if ((records[i]?.at ?? Infinity) <= until) return i + 1;
  return 0;
}

/** Keeps the earliest `max` records; `before` is the time that the batch may then claim to have reached. */
function bound(buffers: readonly TopicBuffer[], counts: readonly number[], max: number) {
  const total = counts.reduce((a, b) => a + b, 0);
  if (total <= max) return { counts, before: Infinity };
  const entries: Entry[] = [];
  for (const [topic, buffer] of buffers.entries())
    for (let offset = 0; offset < (counts[topic] ?? 0); offset++)
      entries.push({ at: buffer.records[offset]?.at ?? -Infinity, topic, offset });
  entries.sort(byEventTime);
  const kept = counts.map(() => 0);
  for (const { topic, offset } of entries.slice(0, max)) kept[topic] = Math.max(kept[topic] ?? 0, offset + 1);
  return { counts: kept, before: (entries[max]?.at ?? Infinity) - 1 };
}

/** The offset after the first `count` records: the next buffered one's, else all that was fetched. */
function endOfPrefix(buffer: TopicBuffer, count: number): number | undefined {
  if (count === 0) return undefined;
  const next = buffer.records[count];
  return next
    ? next.record.offset
    : Math.max(buffer.position ?? 0, (buffer.records[count - 1]?.record.offset ?? 0) + 1);
}
