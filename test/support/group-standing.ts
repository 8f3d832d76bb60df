import type { EventLog } from '#pipeline';

type Log = Pick<EventLog, 'groupOffsets' | 'range'>;

/** Records that the group has committed, over all partitions of these topics. */
export async function committedBy(
  log: Pick<Log, 'groupOffsets'>,
  group: string,
  topics: readonly string[],
): Promise<number> {
  return Object.values(await log.groupOffsets(group, topics))
    .flat()
    .reduce((sum, offset) => sum + Math.max(0, offset), 0);
}

/** Whether the group has committed all that lies in these topics now. */
export async function hasCaughtUp(log: Log, group: string, topics: readonly string[]): Promise<boolean> {
  const offsets = await log.groupOffsets(group, topics);
  for (const topic of topics)
    for (const [partition, { end }] of (await log.range(topic)).entries())
      if (Math.max(0, offsets[topic]?.[partition] ?? 0) < end) return false;
  return true;
}
