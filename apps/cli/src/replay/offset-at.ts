import type { EventLog } from '#pipeline';

/** The first offset of a partition whose record was appended at `time` (ms) or later; its end where none was. */
export async function offsetAt(
  log: EventLog,
  topic: string,
  partition: number,
  time: number,
): Promise<number> {
  const { start, end } = (await log.range(topic))[partition] ?? { start: 0, end: 0 };
  let [low, high] = [start, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await firstFrom(log, topic, partition, middle, high);
    if (record !== undefined && record.timestamp < time) low = record.offset + 1;
    else high = middle;
  }
  return low;
}

async function firstFrom(log: EventLog, topic: string, partition: number, from: number, to: number) {
  for await (const [record] of log.read(topic, partition, from, to)) return record;
  return undefined;
}
