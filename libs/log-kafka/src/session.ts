import { Partitioners, type Kafka, type Producer, type Transaction } from 'kafkajs';
import { LogError, type Offsets, type OutboundRecord, type TaskSession } from '#pipeline';
import { chunksOf, topicsOf, type Chunk } from './chunks.js';
import { within } from './deadline.js';
import { innermost, toLogError } from './kafka-error.js';
import { topicMessagesOf } from './produce.js';
import type { Topics } from './topics.js';

export interface SessionOptions {
  readonly kafka: Kafka;
  readonly topics: Topics;
  readonly group: string;
  readonly partition: number;
  readonly inputs: readonly string[];
  /** ms after which the broker aborts a transaction that was left open. */
  readonly transactionTimeout: number;
  readonly ended: (session: TaskSession) => void;
}

/**
 * One transactional producer per group and partition index. Its first request (InitProducerId) ends whatever its
 * predecessor had begun and refuses everything that the predecessor sends from then on.
 */
export async function openSession(options: SessionOptions): Promise<TaskSession> {
  const { kafka, group, partition, transactionTimeout } = options;
  const producer = kafka.producer({
    transactionalId: `${group}-${partition}`,
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  const doing = `opening the session of ${group}, partition ${partition},`;
  try {
    const begin = producer.connect().then(() => producer.transaction());
    const first = await within(transactionTimeout + 10_000, doing, begin);
    return new Session(options, producer, first);
  } catch (error) {
    void producer.disconnect().catch(() => undefined);
    throw toLogError(error, doing);
  }
}

class Session implements TaskSession {
  #ended = false;
  #open: Transaction | undefined;
  #own: Offsets = {};
  #committing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: SessionOptions,
    private readonly producer: Producer,
    /** kafkajs sends InitProducerId with the first transaction, so that one is begun before it is needed. */
    private next: Transaction | undefined,
  ) {}

  async committed(): Promise<Offsets> {
    const { topics, group, inputs, partition } = this.options;
    await topics.counts(inputs);
    await this.#settled();
    const all = await topics.groupOffsets(group, inputs);
    const found = Object.entries(all)
      .map(([topic, offsets]) => [topic, offsets[partition] ?? -1] as const)
      .filter(([, offset]) => offset >= 0);
    // A commit is acknowledged when it is decided; the group's offsets show it some ms later.
    return { ...Object.fromEntries(found), ...this.#own };
  }

  async commit(records: readonly OutboundRecord[], offsets: Offsets): Promise<void> {
    const { topics } = this.options;
    const counts = await topics.counts(topicsOf(records)).catch((error: unknown) => {
      throw error instanceof LogError && error.code === 'unknownTopic'
        ? new LogError('rejected', error.message, { cause: error })
        : error;
    });
    const chunks = chunksOf(records, counts);
    if (this.#ended) throw new LogError('indefinite', 'this session ended: open a new one');
    if (chunks.length === 0 && Object.keys(offsets).length === 0) return;
    await this.#during('committing', this.#transact(chunks, offsets));
  }

  async close(): Promise<void> {
    await this.#committing;
    await this.#end();
  }

  /**
   * A coordinator answers from what it has seen replicated, which after a restart may be less than what it had acknowledged.
   * Behind a write of our own it knows all of that. The write is taken back; a newer session makes it fail.
   */
  #settled(): Promise<void> {
    const write = async () => {
      const transaction = await this.#begin();
      await this.#sendOffsets(transaction, { [this.options.inputs[0] ?? '']: 0 });
      await transaction.abort();
      this.#open = undefined;
    };
    return this.#during('reading the committed offsets', write());
  }

  async #during(doing: string, work: Promise<void>): Promise<void> {
    this.#committing = work.catch(() => undefined);
    try {
      // Past the broker's own timeout the transaction is decided there, one way or the other.
      await within(this.options.transactionTimeout + 5_000, doing, work);
    } catch (error) {
      void this.#end();
      throw commitError(error, doing);
    }
  }

  async #begin(): Promise<Transaction> {
    const transaction = this.next ?? (await this.producer.transaction());
    this.next = undefined;
    return (this.#open = transaction);
  }

  async #transact(chunks: readonly Chunk[], offsets: Offsets): Promise<void> {
    const transaction = await this.#begin();
    for (const chunk of chunks) {
      this.#mustGoOn();
      await transaction.sendBatch({ topicMessages: topicMessagesOf(chunk) });
    }
    this.#mustGoOn();
    await this.#sendOffsets(transaction, offsets);
    this.#mustGoOn();
    await transaction.commit();
    this.#open = undefined;
    this.#own = { ...this.#own, ...offsets };
  }

  /** kafkajs retries these refusals when it sends records, but not when it sends offsets. */
  async #sendOffsets(transaction: Transaction, offsets: Offsets): Promise<void> {
    const { group, partition } = this.options;
    const topics = Object.entries(offsets).map(([topic, offset]) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }));
    if (topics.length === 0) return;
    for (let pause = 5; ; pause = Math.min(2 * pause, 200)) {
      try {
        return await transaction.sendOffsets({ consumerGroupId: group, topics });
      } catch (error) {
        if (!momentary.has(innermost(error).type)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
      this.#mustGoOn();
    }
  }

  #mustGoOn(): void {
    if (this.#ended) throw new LogError('indefinite', 'this session ended');
  }

  async #end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.options.ended(this);
    // Readers of committed records wait for an open transaction, so it is not left to time out.
    await this.#open?.abort().catch(() => undefined);
    await this.producer.disconnect().catch(() => undefined);
  }
}

/** Right after a commit, and while a coordinator is found or loads. */
const momentary = new Set<string | undefined>([
  'CONCURRENT_TRANSACTIONS',
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);

/** Whatever is not known to have failed may have been written. */
function commitError(error: unknown, doing: string): LogError {
  const known = toLogError(error, doing);
  if (known.code === 'fenced' || known.code === 'rejected' || known.code === 'indefinite') return known;
  if (known.code === 'unknownTopic') return new LogError('rejected', known.message, { cause: error });
  return new LogError('indefinite', known.message, { cause: error });
}
