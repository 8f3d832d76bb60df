import type { EventLog } from '#pipeline';

/** A published event, as far as stories look at it. */
export interface Output {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Everything in a topic, in order of partition and offset. */
export async function outputsIn(log: EventLog, topic: string): Promise<Output[]> {
  const all: Output[] = [];
  for (const [partition, { start, end }] of (await log.range(topic)).entries())
    for await (const records of log.read(topic, partition, start, end))
      all.push(...records.map(({ value }) => JSON.parse(String(value)) as Output));
  return all;
}
