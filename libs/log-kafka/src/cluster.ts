import type { Cluster, Kafka } from 'kafkajs';

/**
 * A cluster of kafkajs with connections of its own, not connected yet: metadata and requests to brokers, without producer or
 * consumer. kafkajs hands it to a partition assigner, which is how it comes here.
 */
export function clusterOf(kafka: Kafka): Cluster {
  let cluster: Cluster | undefined;
  kafka.consumer({
    groupId: 'none',
    // For offsets that are asked for; each fetch says itself what it wants.
    readUncommitted: true,
    allowAutoTopicCreation: false,
    partitionAssigners: [
      (given) => {
        cluster = given.cluster;
        return { name: 'none', version: 0, assign: async () => [], protocol: () => none };
      },
    ],
  });
  if (!cluster) throw new Error('kafkajs gave its partition assigner no cluster');
  return cluster;
}

/** The id of the partition's leader. @throws `LEADER_NOT_AVAILABLE` while it has none, or none is known */
export function leaderOf(cluster: Cluster, topic: string, partition: number): string {
  const known = cluster
    .findTopicPartitionMetadata(topic)
    .find(({ partitionId }) => partitionId === partition);
  if (known && known.leader >= 0) return String(known.leader);
  throw Object.assign(new Error(`${topic}[${partition}] has no leader`), {
    type: 'LEADER_NOT_AVAILABLE',
    retriable: true,
  });
}

const none = { name: 'none', metadata: Buffer.alloc(0) };
