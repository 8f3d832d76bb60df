import { LogError, type LogRecord } from '#pipeline';
import { passes, toLogError } from './kafka-error.js';
import type { PartitionReader } from './partition-reader.js';

const attempts = 20;
const pauseMs = 250;

/**
 * Committed records `from ≤ offset < to` in order, in the chunks in which they come. Ends at `to`, or at what was the
 * end of the partition when it began; the range's last offsets may be transaction markers. Where a transaction in the
 * range is undecided yet, it waits for the decision.
 * @throws LogError `storage` when the log begins after `from`.
 */
export async function* readRange(
  reader: PartitionReader,
  topic: string,
  partition: number,
  from: number,
  to: number,
): AsyncIterable<readonly LogRecord[]> {
  const doing = `reading ${topic}[${partition}]`;
  const range = (await persistently(reader, doing, () => reader.range(topic)))[partition];
  if (!range) throw new LogError('rejected', `topic ${topic} has no partition ${partition}`);
  const last = Math.min(to, range.end);
  if (from < last && from < range.start)
    throw new LogError('storage', `${topic}[${partition}] begins at ${range.start}: ${from} was deleted`);
  for (let position = from; position < last;) {
    const [read] = await persistently(reader, doing, () =>
      reader.read(reader.leaderOf(topic, partition), [{ topic, partition, position }]),
    );
    if (!read) continue;
    position = read.position;
    const records = read.position <= last ? read.records : read.records.filter(({ offset }) => offset < last);
    if (records.length > 0) yield records;
  }
}

/** Asks again while brokers restart or leaders move, for about 5 s. */
export async function persistently<T>(
  reader: PartitionReader,
  doing: string,
  ask: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await ask();
    } catch (error) {
      if (!passes(error) || failures >= attempts) throw toLogError(error, doing);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await reader.recover(error).catch(() => undefined);
    }
  }
}
