import { crc32 } from 'node:zlib';
import type { EventLog, LogRecord, Offsets } from './event-log.port.js';
import { PartitionStopped } from './reconcile.js';
import type { Located } from './topic-buffer.js';

/** The last record of a topic that went into a batch, and a CRC-32 of its key and value. */
export interface LastRead {
  readonly topic: string;
  readonly offset: number;
  readonly crc: number;
}

/** Those of the batches before, replaced where this one read on. */
export function lastReadOf(batch: readonly Located[], before: readonly LastRead[]): readonly LastRead[] {
  const last = new Map<string, LogRecord>();
  for (const { record } of batch)
    if (!(record.offset <= (last.get(record.topic)?.offset ?? -1))) last.set(record.topic, record);
  return [
    ...before.filter(({ topic }) => !last.has(topic)),
    ...[...last.values()].map((record) => ({
      topic: record.topic,
      offset: record.offset,
      crc: crcOf(record),
    })),
  ];
}

/** Not of its headers and its time: a topic that was restored from a copy is the same. */
const crcOf = ({ key, value }: LogRecord) => crc32(value ?? '', crc32(key ?? ''));

export interface Standing {
  readonly log: Pick<EventLog, 'read'>;
  readonly partition: number;
  readonly group: string;
  readonly committed: Offsets;
  readonly range: Readonly<Record<string, { readonly start: number; readonly end: number }>>;
}

/**
 * A topic that was made again in the place of another has other records. A position alone does not tell: a commit that was
 * under way may have written the old one anew. Where retention has taken the record, nothing can be said.
 * @throws PartitionStopped `expired`
 */
export async function requireSameTopics(
  lastRead: readonly LastRead[],
  { log, partition, group, committed, range }: Standing,
): Promise<void> {
  const others = await Promise.all(
    lastRead.map(async ({ topic, offset, crc }) => {
      const { start = 0, end = 0 } = range[topic] ?? {};
      if (offset < start || offset >= end) return [];
      const found = await recordAt(log, topic, partition, offset);
      return found && crcOf(found) === crc ? [] : [{ topic, offset }];
    }),
  );
  const [other] = others.flat();
  if (!other) return;
  const { topic, offset } = other;
  throw new PartitionStopped(
    partition,
    'expired',
    `partition ${partition}: the store's last batch read ${topic}:${offset}, where another record stands now: the topic was ` +
      `recreated, and group "${group}" stands at ${topic}:${committed[topic] ?? 'none'} of the old one. ` +
      'Restore the topic, or start an empty store under a new GROUP_ID.',
  );
}

async function recordAt(
  log: Pick<EventLog, 'read'>,
  topic: string,
  partition: number,
  offset: number,
): Promise<LogRecord | undefined> {
  for await (const [record] of log.read(topic, partition, offset, offset + 1)) return record;
  return undefined;
}
