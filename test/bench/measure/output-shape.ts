import { orderTopic } from '#contracts';
import type { EventLog } from '#pipeline';

export interface Published {
  readonly records: number;
  /** Keys, values and headers. */
  readonly bytes: number;
}

/** What the ceiling imitates. */
export interface OutputShape {
  readonly recordsPerEvent: number;
  readonly bytesPerRecord: number;
  readonly eventsPerTransaction: number;
}

/** All committed records of the topics. */
export async function publishedIn(log: EventLog, topics: readonly string[]): Promise<Published> {
  let [records, bytes] = [0, 0];
  for (const topic of topics)
    for (const [partition, { start, end }] of (await log.range(topic)).entries())
      for await (const chunk of log.read(topic, partition, start, end))
        for (const { key, value, headers } of chunk) {
          records++;
          bytes += (key?.length ?? 0) + (value?.length ?? 0);
          for (const [name, header] of Object.entries(headers)) bytes += name.length + header.length;
        }
  return { records, bytes };
}

/** What an engine that folded so many events under the prefix published for others; it has one transaction per order record. */
export async function shapeOf(
  log: EventLog,
  prefix: string,
  { records, bytes }: Published,
  events: number,
): Promise<OutputShape> {
  const batches = await publishedIn(log, [prefix + orderTopic]);
  return {
    recordsPerEvent: records / events,
    bytesPerRecord: bytes / Math.max(1, records),
    eventsPerTransaction: Math.max(1, Math.round(events / Math.max(1, batches.records))),
  };
}
