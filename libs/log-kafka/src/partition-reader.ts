import type { Broker, Cluster, Kafka } from 'kafkajs';
import type { LogRecord } from '#pipeline';
import { clusterOf, leaderOf } from './cluster.js';
import { committedRecords, type FetchedPartition } from './committed-records.js';
import { innermost } from './kafka-error.js';

/** What to read next of one partition. */
export interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly position: number;
}

/** Committed records, the position after them, and the end of what is committed. */
export interface Read {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  readonly position: number;
  readonly end: number;
}

const waitMs = 100;
const partitionBytes = 256 * 1024;
const responseBytes = 2 * 1024 * 1024;
const readCommitted = 1;

/**
 * Reads partitions by broker requests of kafkajs, without its consumer: no group, no hidden positions, and one slow
 * partition keeps no other waiting.
 */
export class PartitionReader {
  static async connect(kafka: Kafka): Promise<PartitionReader> {
    const cluster = clusterOf(kafka);
    await cluster.connect();
    return new PartitionReader(cluster);
  }

  private constructor(private readonly cluster: Cluster) {}

  async know(topics: readonly string[]): Promise<void> {
    await this.cluster.addMultipleTargetTopics([...topics]);
  }

  /** By partition index: the first offset, and the high watermark. */
  async range(topic: string): Promise<readonly { readonly start: number; readonly end: number }[]> {
    await this.know([topic]);
    const partitions = this.cluster
      .findTopicPartitionMetadata(topic)
      .map(({ partitionId }) => ({ partition: partitionId }));
    const offsets = async (fromBeginning: boolean) => {
      const [found] = await this.cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning }]);
      return new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    };
    const [starts, ends] = [await offsets(true), await offsets(false)];
    return partitions.map((_, index) => ({ start: starts.get(index) ?? 0, end: ends.get(index) ?? 0 }));
  }

  /** The broker's id. @throws while a partition has no leader. */
  leaderOf(topic: string, partition: number): string {
    return leaderOf(this.cluster, topic, partition);
  }

  /** One request; it waits up to 100 ms for the first record. */
  async read(leader: string, wanted: readonly Wanted[]): Promise<readonly Read[]> {
    await this.cluster.refreshMetadataIfNecessary();
    const broker = await this.cluster.findBroker({ nodeId: leader });
    const positions = new Map(wanted.map((each) => [`${each.topic} ${each.partition}`, each.position]));
    const { responses } = await fetch(broker, wanted);
    return responses.flatMap(({ topicName: topic, partitions }) =>
      partitions.map((fetched) => {
        const { partition, lastStableOffset } = fetched;
        const from = positions.get(`${topic} ${partition}`) ?? 0;
        const { records, position } = committedRecords(topic, fetched, from);
        return { topic, partition, records, position, end: Math.max(Number(lastStableOffset), position) };
      }),
    );
  }

  /** After a failed request: forget the connection that broke, learn anew who leads what. */
  async recover(error: unknown): Promise<void> {
    const { host, port } = innermost(error) as { host?: string; port?: number };
    if (host !== undefined && port !== undefined) this.cluster.removeBroker({ host, port });
    if (!this.cluster.isConnected()) await this.cluster.connect();
    await this.cluster.refreshMetadata();
  }

  async close(): Promise<void> {
    await this.cluster.disconnect();
  }
}

async function fetch(broker: Broker, wanted: readonly Wanted[]): Promise<FetchResponse> {
  return (await broker.fetch({
    isolationLevel: readCommitted,
    maxWaitTime: waitMs,
    minBytes: 1,
    maxBytes: responseBytes,
    topics: wanted.map(({ topic, partition, position }) => ({
      topic,
      partitions: [{ partition, fetchOffset: String(position), maxBytes: partitionBytes }],
    })),
  })) as FetchResponse;
}

interface FetchResponse {
  readonly responses: readonly {
    readonly topicName: string;
    readonly partitions: readonly FetchedPartition[];
  }[];
}
