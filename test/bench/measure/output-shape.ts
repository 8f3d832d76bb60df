import type { EventLog } from '#pipeline';

/** What a contestant publishes. */
export interface OutputShape {
  readonly recordsPerEvent: number;
  /** Key, value and headers. */
  readonly bytesPerRecord: number;
  readonly eventsPerTransaction: number;
}

export interface Published {
  readonly records: number;
  readonly bytes: number;
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
