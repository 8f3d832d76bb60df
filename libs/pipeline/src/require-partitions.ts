import type { CustomerStore } from './customer-store.port.js';

/**
 * Where a customer lives follows from the count of partitions, so a store remembers the one with which its group began.
 * @throws Error naming both counts and the ways out.
 */
export async function requirePartitions(
  store: Pick<CustomerStore, 'records'>,
  group: string,
  partitions: number,
): Promise<void> {
  const counts = store.records<{ readonly partitions: number }>('partitions');
  const begun = await counts.update(group, (known) => known ?? { partitions });
  if (begun.partitions === partitions) return;
  throw new Error(
    `group "${group}" began with ${begun.partitions} partitions of each topic, and now there are ${partitions}: ` +
      'its customers would be looked for elsewhere. Start an empty store under a new GROUP_ID, which folds everything ' +
      `again, on these topics or, under another TOPIC_PREFIX, on new ones with ${begun.partitions}.`,
  );
}
