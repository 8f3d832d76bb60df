import { homePartition, topicName } from '#contracts';
import type { EventLog } from '#pipeline';

/** One published output about a customer, as the log holds it. */
export interface RecordedOutput {
  readonly id: string;
  readonly type: string;
  /** RFC 3339: event time of a transition, recorded clock of an action. */
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The beginning of a topic's partition that the log no longer holds. */
export interface MissingStretch {
  readonly topic: string;
  readonly partition: number;
  /** Offsets below this one are gone. */
  readonly offset: number;
  /** When the first record that is left was published, RFC 3339; absent where nothing is left. */
  readonly until?: string;
}

export interface Recorded {
  readonly outputs: readonly RecordedOutput[];
  readonly missing: readonly MissingStretch[];
}

/** In the order in which they are told where their time is the same. */
const storyTopics = ['lifecycle.transitions.v1', 'loyalty.ledger.v1', 'retention.actions.v1'] as const;

/** All that the output topics say of one customer. Reads the customer's home partition of each, and nothing else. */
export async function recordedOutputs(log: EventLog, prefix: string, customer: string): Promise<Recorded> {
  const outputs: RecordedOutput[] = [];
  const missing: MissingStretch[] = [];
  const key = Buffer.from(customer);
  for (const name of storyTopics) {
    const topic = topicName(prefix, name);
    const ranges = await log.range(topic);
    const partition = homePartition(customer, ranges.length);
    const { start, end } = ranges[partition] ?? { start: 0, end: 0 };
    let first: number | undefined;
    for await (const records of log.read(topic, partition, start, end)) {
      first ??= records[0]?.timestamp;
      for (const record of records)
        if (record.key?.equals(key)) outputs.push(JSON.parse(String(record.value)) as RecordedOutput);
    }
    if (start > 0)
      missing.push({
        topic,
        partition,
        offset: start,
        ...(first !== undefined && { until: new Date(first).toISOString() }),
      });
  }
  return { outputs, missing };
}
