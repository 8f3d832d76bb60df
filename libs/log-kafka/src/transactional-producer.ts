import type { Cluster, Kafka, TopicOffsets } from 'kafkajs';
import type { ProducedTopic, TransactionBroker } from 'kafkajs/src/broker/index.js';
import { LogError } from '#pipeline';
import type { Chunk } from './chunks.js';
import { clusterOf, leaderOf } from './cluster.js';
import { coordinates, Coordinator } from './coordinator.js';
import { whileMomentary } from './momentary.js';

export interface ProducerOptions {
  readonly kafka: Kafka;
  readonly transactionalId: string;
  /** Whose offsets are written with the records. */
  readonly group: string;
  /** ms after which the broker aborts a transaction that was left open. */
  readonly timeout: number;
}

/** What one transaction holds. */
export interface Content {
  readonly chunks: readonly Chunk[];
  readonly offsets: readonly TopicOffsets[];
}

/**
 * One transactional id's right to write. Source: Kafka's protocol guide and KIP-98. kafkajs' own producer asks who
 * coordinates before each of five requests, and sends one after the other; here what does not depend on each other goes
 * side by side: partitions and offsets are announced, then records and offsets are written, then all is decided. Whatever
 * fails but what brokers say will pass ends the session, and the next begins with a new epoch: sequence numbers need no mending.
 */
export class TransactionalProducer {
  readonly #cluster: Cluster;
  readonly #transactions: Coordinator;
  readonly #offsets: Coordinator;
  /** By topic and partition, the number of the next record. */
  readonly #sequences = new Map<string, number>();
  #right = { transactionalId: '', producerId: '', producerEpoch: 0 };
  #open = false;
  #closed = false;

  private constructor(private readonly options: ProducerOptions) {
    const { kafka, transactionalId, group } = options;
    this.#cluster = clusterOf(kafka);
    const coordinator = (groupId: string, coordinatorType: 0 | 1) =>
      new Coordinator(this.#cluster, { groupId, coordinatorType }, () => this.#mustGoOn());
    this.#transactions = coordinator(transactionalId, coordinates.transaction);
    this.#offsets = coordinator(group, coordinates.group);
  }

  /** Ends whatever the id's holder before had begun, and makes brokers refuse everything that it sends from then on. */
  static async open(options: ProducerOptions): Promise<TransactionalProducer> {
    const producer = new TransactionalProducer(options);
    try {
      await producer.#begin();
      return producer;
    } catch (error) {
      void producer.close();
      throw error;
    }
  }

  /** Resolves when all is committed. */
  async commit(content: Content): Promise<void> {
    await this.#write(content);
    await this.#decide(true);
  }

  /** Writes what nobody who reads committed records will see. */
  async abort(content: Content): Promise<void> {
    await this.#write(content);
    await this.#decide(false);
  }

  /** Readers of committed records wait for an open transaction, so it is not left to time out. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#open) await this.#end(false).catch(() => undefined);
    await this.#cluster.disconnect().catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const { transactionalId, timeout: transactionTimeout } = this.options;
    await this.#cluster.connect();
    const { producerId, producerEpoch } = await this.#transactions.ask((broker) =>
      broker.initProducerId({ transactionalId, transactionTimeout }),
    );
    this.#right = { transactionalId, producerId, producerEpoch };
  }

  async #write({ chunks, offsets }: Content): Promise<void> {
    this.#mustGoOn();
    this.#open = true;
    const topics = partitionsOf(chunks);
    const groupId = this.options.group;
    const announced = this.#transactions;
    await both(
      topics.length > 0 && announced.ask((broker) => broker.addPartitionsToTxn({ ...this.#right, topics })),
      offsets.length > 0 && announced.ask((broker) => broker.addOffsetsToTxn({ ...this.#right, groupId })),
    );
    this.#mustGoOn();
    await both(
      this.#produce(chunks),
      offsets.length > 0 &&
        this.#offsets.ask((broker) => broker.txnOffsetCommit({ ...this.#right, groupId, topics: offsets })),
    );
  }

  /** One chunk after the other, so that records of a partition keep their order. */
  async #produce(chunks: readonly Chunk[]): Promise<void> {
    for (const chunk of chunks) {
      this.#mustGoOn();
      const numbered = this.#numbered(chunk);
      // What a broker had taken before another refused it knows by its numbers.
      await whileMomentary(() => this.#sendToLeaders(numbered), {
        types: refusals,
        credible: refusals,
        mustGoOn: () => this.#mustGoOn(),
        mend: () => this.#cluster.refreshMetadata(),
      });
    }
  }

  #numbered(chunk: Chunk): readonly ProducedTopic[] {
    return [...chunk].map(([topic, batches]) => ({
      topic,
      partitions: [...batches].map(([partition, messages]) => {
        const key = `${topic} ${partition}`;
        const firstSequence = this.#sequences.get(key) ?? 0;
        this.#sequences.set(key, (firstSequence + messages.length) % sequences);
        return { partition, firstSequence, messages };
      }),
    }));
  }

  async #sendToLeaders(topicData: readonly ProducedTopic[]): Promise<void> {
    await this.#cluster.addMultipleTargetTopics(topicData.map(({ topic }) => topic));
    await this.#cluster.refreshMetadataIfNecessary();
    const requests = [...byLeader(this.#cluster, topicData)].map(async ([nodeId, led]) => {
      const broker = (await this.#cluster.findBroker({ nodeId })) as unknown as TransactionBroker;
      await broker.produce({ ...this.#right, acks: -1, timeout: this.options.timeout, topicData: led });
    });
    await both(...requests);
  }

  #decide(commit: boolean): Promise<void> {
    this.#mustGoOn();
    return this.#end(commit);
  }

  async #end(transactionResult: boolean): Promise<void> {
    this.#open = false;
    await this.#transactions.ask((broker) => broker.endTxn({ ...this.#right, transactionResult }));
  }

  #mustGoOn(): void {
    if (this.#closed) throw new LogError('indefinite', 'this session ended');
  }
}

/** Sequence numbers begin again after 2³¹ − 1. */
const sequences = 2 ** 31;

/** Of a partition's leader that has moved or is not ready; what was appended all the same is told by its numbers. */
const refusals = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REQUEST_TIMED_OUT',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'KAFKA_STORAGE_ERROR',
]);

/** Waits for all, also where one fails: nothing may be sent when the transaction is decided. */
async function both(...works: readonly (Promise<unknown> | false)[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works.filter((work) => work !== false)))
    if (outcome.status === 'rejected') throw outcome.reason;
}

function partitionsOf(chunks: readonly Chunk[]): { topic: string; partitions: number[] }[] {
  const found = new Map<string, Set<number>>();
  for (const chunk of chunks)
    for (const [topic, batches] of chunk)
      found.set(topic, new Set([...(found.get(topic) ?? []), ...batches.keys()]));
  return [...found].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }));
}

/** @throws while a partition has no leader */
function byLeader(
  cluster: Cluster,
  topics: readonly ProducedTopic[],
): ReadonlyMap<string, readonly ProducedTopic[]> {
  const led = new Map<string, Map<string, ProducedTopic['partitions'][number][]>>();
  for (const { topic, partitions } of topics)
    for (const each of partitions) {
      const leader = leaderOf(cluster, topic, each.partition);
      const theirs = led.get(leader) ?? new Map<string, ProducedTopic['partitions'][number][]>();
      led.set(leader, theirs.set(topic, [...(theirs.get(topic) ?? []), each]));
    }
  return new Map(
    [...led].map(([leader, theirs]) => [
      leader,
      [...theirs].map(([topic, partitions]) => ({ topic, partitions })),
    ]),
  );
}
