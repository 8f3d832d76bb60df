import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import { LogError, type OutboundRecord } from '#pipeline';
import { chunksOf } from './chunks.js';
import { toLogError } from './kafka-error.js';
import type { Topics } from './topics.js';

/** Appends outside of any transaction, acknowledged by all replicas in sync. */
export class Publisher {
  #producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topics: Topics,
  ) {}

  async publish(records: readonly OutboundRecord[]): Promise<void> {
    const chunks = chunksOf(records);
    await mustFit(this.topics, records);
    for (const topicMessages of chunks) {
      const producer = (this.#producer ??= this.#connect());
      try {
        await (await producer).sendBatch({ topicMessages });
      } catch (error) {
        // Its sequence numbers may be out of step with the broker's now.
        if (this.#producer === producer) this.#producer = undefined;
        void producer.then((each) => each.disconnect()).catch(() => undefined);
        throw toLogError(error, 'publishing');
      }
    }
  }

  async close(): Promise<void> {
    await this.#producer?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}

/** @throws LogError `unknownTopic`, or `rejected` for a partition that its topic does not have. */
export async function mustFit(topics: Topics, records: readonly OutboundRecord[]): Promise<void> {
  const counts = await topics.counts(new Set(records.map(({ topic }) => topic)));
  for (const { topic, partition = 0 } of records)
    if (partition < 0 || partition >= (counts.get(topic) ?? 0))
      throw new LogError('rejected', `topic ${topic} has no partition ${partition}`);
}
