import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import type { OutboundRecord } from '#pipeline';
import { chunksOf, topicsOf } from './chunks.js';
import { toLogError } from './kafka-error.js';
import { topicMessagesOf } from './produce.js';
import type { Topics } from './topics.js';

/** Appends outside of any transaction, acknowledged by all replicas in sync. */
export class Publisher {
  #producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topics: Topics,
  ) {}

  async publish(records: readonly OutboundRecord[]): Promise<void> {
    const chunks = chunksOf(records, await this.topics.counts(topicsOf(records)));
    for (const chunk of chunks) {
      const producer = (this.#producer ??= this.#connect());
      try {
        await (await producer).sendBatch({ topicMessages: topicMessagesOf(chunk) });
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
