import type { EventLog } from '../event-log.port.js';

/** Earliest and end offset of one partition. */
export async function rangeOf(log: EventLog, topic: string, partition: number) {
  return (await log.range(topic))[partition] ?? { start: 0, end: 0 };
}
