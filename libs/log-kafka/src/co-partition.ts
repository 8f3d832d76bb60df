import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';
import { LogError } from '#pipeline';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const name = 'perennial-co-partition';
const version = 1;

/**
 * Gives the same partition index of all topics to the same member. Members say what they hold, and keep it as far as
 * an even share allows.
 * @param held the partition indexes that this member holds now
 * @param expected partitions of each topic when this member joined
 */
export function coPartition(held: () => readonly number[], expected: number): PartitionAssigner {
  return ({ cluster }) => ({
    name,
    version,
    assign: async ({ members, topics }) => {
      const count = commonCount(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length]),
      );
      if (count !== expected)
        throw new LogError(
          'partitions',
          `the topics of the group had ${expected} partitions each, and now have ${count}: ${topics.join(', ')}`,
        );
      const shares = shareOut(
        members.map(({ memberId, memberMetadata }) => ({ id: memberId, held: heldIn(memberMetadata) })),
        count,
      );
      return members.map(({ memberId }) => {
        const partitions = shares.get(memberId) ?? [];
        const assignment = Object.fromEntries(topics.map((topic) => [topic, [...partitions]]));
        return {
          memberId,
          memberAssignment: MemberAssignment.encode({ version, assignment, userData: Buffer.alloc(0) }),
        };
      });
    },
    protocol: ({ topics }) => ({
      name,
      metadata: MemberMetadata.encode({
        version,
        topics,
        userData: Buffer.from(JSON.stringify(held())),
      }),
    }),
  });
}

/** @throws LogError `partitions` where topics differ, naming them. */
export function commonCount(counts: readonly (readonly [topic: string, partitions: number])[]): number {
  const [first] = counts;
  if (first === undefined || counts.some(([, partitions]) => partitions !== first[1]))
    throw new LogError(
      'partitions',
      `the topics of a group need the same number of partitions, and these differ: ` +
        counts.map(([topic, partitions]) => `${topic} has ${partitions}`).join(', '),
    );
  return first[1];
}

/** Partition indexes 0…count−1 by member: as even as can be, with as little moved as that allows. */
export function shareOut(
  members: readonly { readonly id: string; readonly held: readonly number[] }[],
  count: number,
): ReadonlyMap<string, readonly number[]> {
  const ordered = [...members].sort((a, b) => b.held.length - a.held.length || (a.id < b.id ? -1 : 1));
  const even = Math.floor(count / ordered.length);
  const larger = count % ordered.length;
  const free = new Set(Array.from({ length: count }, (_, index) => index));
  const quota = (rank: number): number => even + (rank < larger ? 1 : 0);
  const kept = ordered.map(({ held }, rank) =>
    held
      .filter((index) => free.has(index))
      .slice(0, quota(rank))
      .filter((index) => free.delete(index)),
  );
  const rest = [...free];
  return new Map(
    ordered.map(({ id }, rank) => {
      const share = [...(kept[rank] ?? []), ...rest.splice(0, quota(rank) - (kept[rank]?.length ?? 0))];
      return [id, share.sort((a, b) => a - b)];
    }),
  );
}

function heldIn(memberMetadata: Buffer): readonly number[] {
  const userData = MemberMetadata.decode(memberMetadata)?.userData.toString();
  return userData ? (JSON.parse(userData) as number[]) : [];
}
