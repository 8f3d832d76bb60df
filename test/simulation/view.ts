import { inputTopics } from '#contracts';
import type { MemoryCluster, MemoryDatabase } from '#in-memory';
import type { CustomerDocument, Intent } from '#pipeline';
import type { Held } from './held.js';
import { group, partitions } from './story.js';

interface Backends {
  readonly cluster: MemoryCluster;
  readonly database: MemoryDatabase;
}

const everyPartition = Array.from({ length: partitions }, (_, p) => p);

/** What log and store hold now. */
export const heldBy = ({ cluster, database }: Backends): Held => ({
  partitions,
  records: (topic, partition) => cluster.partition(topic, partition),
  committed: (topic, partition) => cluster.committed(group, topic, partition),
  documents: database.rows<CustomerDocument>('customers').map(([, document]) => document),
});

export const allCommitted = ({ cluster }: Backends): boolean =>
  inputTopics.every((topic) =>
    everyPartition.every(
      (p) => (cluster.committed(group, topic, p) ?? 0) === cluster.partition(topic, p).length,
    ),
  );

/** Whether some partition has a batch that was begun and not committed. */
export const inDoubt = ({ cluster, database }: Backends): boolean =>
  everyPartition.some((p) => {
    const { intent } = database.current<{ intent?: Intent }>('tasks', String(p)) ?? {};
    return Object.entries(intent?.to ?? {}).some(
      ([topic, to]) => (cluster.committed(group, topic, p) ?? 0) < to,
    );
  });

/** Goes up with every owner of any partition. */
export const epochsOf = ({ database }: Backends): number =>
  everyPartition.reduce(
    (sum, p) => sum + (database.current<{ epoch: number }>('tasks', String(p))?.epoch ?? 0),
    0,
  );

/** Whether some customer's timer is due. */
export const timersDue = ({ database }: Backends, now: number): boolean =>
  database
    .rows<CustomerDocument>('customers')
    .some(([, { state }]) => (state.timers[0]?.due ?? Infinity) <= now);
