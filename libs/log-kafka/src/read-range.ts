import { LogError, type LogRecord } from '#pipeline';
import { passes, toLogError } from './kafka-error.js';
import type { PartitionReader } from './partition-reader.js';
import type { Topics } from './topics.js';

const attempts = 20;
const pauseMs = 250;

/**
 * Committed records `from ≤ offset < to` in order, in the chunks in which they come. Ends at `to`, or at what was the
 * end of the partition when it began; the range's last offsets may be transaction markers.
 * @throws LogError `storage` when the log begins after `from`.
 */
export async function* readRange(
  reader: PartitionReader,
  topics: Topics,
  topic: string,
  partition: number,
  from: number,
  to: number,
): AsyncIterable<readonly LogRecord[]> {
  const range = (await topics.range(topic))[partition];
  if (!range) throw new LogError('rejected', `topic ${topic} has no partition ${partition}`);
  const last = Math.min(to, range.end);
  if (from < last && from < range.start)
    throw new LogError('storage', `${topic}[${partition}] begins at ${range.start}: ${from} was deleted`);
  await reader.know([topic]);
  let failures = 0;
  for (let position = from; position < last;) {
    let records: readonly LogRecord[] = [];
    try {
      const [read] = await reader.read(reader.leaderOf(topic, partition), [{ topic, partition, position }]);
      failures = 0;
      if (!read) continue;
      position = read.position;
      records = read.records;
    } catch (error) {
      if (!passes(error) || ++failures >= attempts) throw toLogError(error, `reading ${topic}[${partition}]`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await reader.recover(error).catch(() => undefined);
    }
    const within = records.at(-1)?.offset ?? -1;
    const inRange = within < last ? records : records.filter(({ offset }) => offset < last);
    if (inRange.length > 0) yield inRange;
  }
}
