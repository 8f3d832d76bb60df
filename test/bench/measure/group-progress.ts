import type { Admin, KafkaJSError } from 'kafkajs';
import { untilValue } from './until.js';

/** Next offset of each partition, by topic. */
export type Ends = ReadonlyMap<string, readonly number[]>;

const POLL_MS = 50;
const JOIN_MS = 90_000;

/** Resolves when the group has its partitions. */
export async function assigned(admin: Admin, group: string): Promise<void> {
  await untilValue(`group ${group} is stable`, JOIN_MS, POLL_MS, async () => {
    const { groups } = await admin.describeGroups([group]).catch(() => ({ groups: [] }));
    return groups.some(({ state, members }) => state === 'Stable' && members.length > 0) || undefined;
  });
}

/** Resolves when the group has committed everything up to these ends. */
export async function caughtUp(admin: Admin, group: string, ends: Ends, ms: number): Promise<void> {
  await untilValue(`group ${group} catches up`, ms, POLL_MS, async () => {
    const committed = await committedOf(admin, group, [...ends.keys()]);
    const lag = [...ends].some(([topic, offsets]) =>
      offsets.some((end, partition) => (committed.get(topic)?.[partition] ?? 0) < end),
    );
    return lag ? undefined : true;
  });
}

/** What the group has committed; 0 where nothing. */
export async function committedOf(admin: Admin, group: string, topics: readonly string[]): Promise<Ends> {
  // A coordinator that has just been made for a new group is not known at once.
  const found = await untilValue(`offsets of ${group} are to be had`, JOIN_MS, POLL_MS, () =>
    admin.fetchOffsets({ groupId: group, topics: [...topics] }).catch((error: KafkaJSError) => {
      if (error.retriable) return undefined;
      throw error;
    }),
  );
  return new Map(
    found.map(({ topic, partitions }) => {
      const offsets: number[] = [];
      for (const { partition, offset } of partitions) offsets[partition] = Math.max(0, Number(offset));
      return [topic, offsets];
    }),
  );
}

export async function endsOf(admin: Admin, topics: readonly string[]): Promise<Ends> {
  const all = new Map<string, readonly number[]>();
  for (const topic of topics) {
    const offsets: number[] = [];
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) offsets[partition] = Number(high);
    all.set(topic, offsets);
  }
  return all;
}

export const sum = (offsets: Ends) => [...offsets.values()].flat().reduce((total, end) => total + end, 0);
