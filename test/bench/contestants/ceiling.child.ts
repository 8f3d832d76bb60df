import { Kafka, logLevel, Partitioners, type EachBatchPayload, type Message, type Producer } from 'kafkajs';
import type { OutputShape } from '../measure/output-shape.js';

export interface CeilingSettings {
  readonly brokers: string;
  readonly group: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly shape: OutputShape;
}

const { brokers, group, inputs, output, shape } = JSON.parse(process.argv[2] ?? '{}') as CeilingSettings;
const kafka = new Kafka({
  clientId: 'ceiling',
  brokers: brokers.split(','),
  logLevel: logLevel.ERROR,
  retry: { initialRetryTime: 20, retries: 20 },
});
const filling = Buffer.alloc(Math.max(1, Math.round(shape.bytesPerRecord)), 'x');
/** One send is one record batch, and a broker takes batches of 1 MiB. */
const perSend = Math.max(1, Math.floor(900_000 / (filling.length + 100)));

/** One partition of one topic: what it has parsed and not yet committed. */
class Lane {
  #events = 0;
  #owed = 0;
  #records: Message[] = [];

  constructor(
    private readonly producer: Producer,
    private readonly topic: string,
    private readonly partition: number,
  ) {}

  async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    for (const { value, offset } of batch.messages) {
      const { id } = JSON.parse(String(value)) as { id: string };
      this.#events++;
      for (this.#owed += shape.recordsPerEvent; this.#owed >= 1; this.#owed--)
        this.#records.push({ key: id, value: filling, partition: this.partition });
      if (this.#events < shape.eventsPerTransaction) continue;
      await this.#commit(offset);
      payload.resolveOffset(offset);
      await payload.heartbeat();
    }
    // What is left goes out when nothing more is waiting.
    if (this.#events > 0 && batch.offsetLag() === '0') await this.#commit(batch.lastOffset());
    payload.resolveOffset(batch.lastOffset());
  }

  async #commit(last: string): Promise<void> {
    const transaction = await this.producer.transaction();
    for (let from = 0; from < this.#records.length; from += perSend)
      await transaction.send({ topic: output, messages: this.#records.slice(from, from + perSend) });
    const partitions = [{ partition: this.partition, offset: String(BigInt(last) + 1n) }];
    await transaction.sendOffsets({
      consumerGroupId: group,
      topics: [{ topic: this.topic, partitions }],
    });
    await transaction.commit();
    this.#events = 0;
    this.#records = [];
  }
}

const lanes = new Map<string, Promise<Lane>>();
async function openLane(topic: string, partition: number): Promise<Lane> {
  const producer = kafka.producer({
    transactionalId: `${group}-${topic}-${partition}`,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return new Lane(producer, topic, partition);
}

const consumer = kafka.consumer({ groupId: group, maxBytesPerPartition: 1 << 20, maxWaitTimeInMs: 50 });
await consumer.connect();
await consumer.subscribe({ topics: [...inputs], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: 24,
  eachBatch: async (payload) => {
    const { topic, partition } = payload.batch;
    const name = `${topic}/${partition}`;
    const lane = lanes.get(name) ?? openLane(topic, partition);
    lanes.set(name, lane);
    await (await lane).take(payload);
  },
});
consumer.on(consumer.events.CRASH, ({ payload }) => {
  process.stderr.write(`${payload.error.stack}\n`);
  process.exit(1);
});
process.once('SIGTERM', () => process.exit(0));
