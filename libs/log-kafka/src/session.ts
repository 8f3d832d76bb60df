import type { Kafka, TopicOffsets } from 'kafkajs';
import { LogError, type Offsets, type OutboundRecord, type TaskSession } from '#pipeline';
import { chunksOf, topicsOf } from './chunks.js';
import { within } from './deadline.js';
import { toLogError } from './kafka-error.js';
import type { Topics } from './topics.js';
import { TransactionalProducer } from './transactional-producer.js';

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

/** One transactional producer per group and partition index: opening it fences whoever was before. */
export async function openSession(options: SessionOptions): Promise<TaskSession> {
  const { kafka, group, partition, transactionTimeout: timeout } = options;
  const doing = `opening the session of ${group}, partition ${partition},`;
  const opening = TransactionalProducer.open({
    kafka,
    transactionalId: `${group}-${partition}`,
    group,
    timeout,
  });
  try {
    return new Session(options, await within(timeout + 10_000, doing, opening));
  } catch (error) {
    void opening.then((producer) => producer.close()).catch(() => undefined);
    throw toLogError(error, doing);
  }
}

class Session implements TaskSession {
  #ended = false;
  #own: Offsets = {};
  #committing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: SessionOptions,
    private readonly producer: TransactionalProducer,
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
    await this.#during('committing', this.producer.commit({ chunks, offsets: this.#positions(offsets) }));
    this.#own = { ...this.#own, ...offsets };
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
    const offsets = this.#positions({ [this.options.inputs[0] ?? '']: 0 });
    return this.#during('reading the committed offsets', this.producer.abort({ chunks: [], offsets }));
  }

  #positions(offsets: Offsets): TopicOffsets[] {
    const { partition } = this.options;
    return Object.entries(offsets).map(([topic, offset]) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }));
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

  async #end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.options.ended(this);
    await this.producer.close();
  }
}

/** Whatever is not known to have failed may have been written. */
function commitError(error: unknown, doing: string): LogError {
  const known = toLogError(error, doing);
  if (known.code === 'fenced' || known.code === 'rejected' || known.code === 'indefinite') return known;
  if (known.code === 'unknownTopic') return new LogError('rejected', known.message, { cause: error });
  return new LogError('indefinite', known.message, { cause: error });
}
