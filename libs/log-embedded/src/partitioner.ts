import { homePartition } from '#contracts';
import { LogError, type OutboundRecord } from '#pipeline';
import type { Topic } from './topic-table.js';

/** Where records go: their own partition, else their key's home, else each partition in turn. */
export class Partitioner {
  private turn = 0;

  /** @throws LogError `rejected` for a partition that the topic does not have. */
  place({ partition, key }: OutboundRecord, { name, partitions }: Topic): number {
    if (partition === undefined)
      return key === null ? this.turn++ % partitions : homePartition(key, partitions);
    if (Number.isInteger(partition) && partition >= 0 && partition < partitions) return partition;
    throw new LogError(
      'rejected',
      `topic ${name} has no partition ${partition}, only 0 to ${partitions - 1}`,
    );
  }
}
