import { orderTopic, topicName } from '#contracts';
import type { EventLog } from '../event-log.port.js';
import { recordedBatch, type RecordedBatch } from '../order-record.js';
import { rangeOf } from './range-of.js';
import { TruncatedLog } from './truncated-log.js';

export interface OrderEntry {
  readonly recorded: RecordedBatch;
  /** When it was appended, ms by the log's clock. */
  readonly appendedAt: number;
  /** Share of the order topic that is read with it, 0 to 1. */
  readonly share: number;
}

/**
 * The batches of one partition that were recorded when this began, after number `after`, in order and without a gap.
 * @throws TruncatedLog when the first of them is missing, Error when they are not of one sequence.
 */
export async function* recordedOrder(
  log: EventLog,
  prefix: string,
  partition: number,
  after = 0,
): AsyncGenerator<OrderEntry> {
  const topic = topicName(prefix, orderTopic);
  const { start, end } = await rangeOf(log, topic, partition);
  let last = after;
  let any = false;
  for await (const records of log.read(topic, partition, start, end))
    for (const record of records) {
      const recorded = recordedBatch(record);
      if (!any && recorded.number > after + 1)
        throw new TruncatedLog(
          topic,
          partition,
          `begins with batch ${recorded.number}, the replay needs ${after + 1}`,
        );
      any = true;
      if (recorded.number <= after) continue;
      if (recorded.number !== last + 1)
        throw new Error(
          `${topic} partition ${partition}: batch ${recorded.number} of group ${recorded.group} follows batch ${last}. ` +
            'The topic holds more than one sequence, as after a change of GROUP_ID or of the store, and cannot be replayed.',
        );
      last = recorded.number;
      yield {
        recorded,
        appendedAt: record.timestamp,
        share: (record.offset + 1 - start) / Math.max(1, end - start),
      };
    }
  if (!any && start > 0)
    throw new TruncatedLog(topic, partition, 'holds no batch any more: retention deleted them all');
}
