import { LogError, type JoinOptions, type Membership } from '#pipeline';
import type { Appender } from './appender.js';
import { placeOf, type AppendSignal } from './append-signal.js';
import type { Source } from './fetcher.js';
import { Group } from './group.js';
import type { GroupTable } from './group-table.js';
import { Member } from './member.js';
import type { Reader } from './reader.js';
import type { Topic } from './topic-table.js';

/** The groups that this process takes part in. */
export class Memberships {
  private readonly groups = new Map<string, Group>();
  private readonly current = new Set<Membership>();

  constructor(
    private readonly offsets: GroupTable,
    private readonly appender: Appender,
    private readonly reader: Reader,
    private readonly appends: AppendSignal,
  ) {}

  /** @throws LogError `partitions` */
  async join({ group: name, open, onFailure }: JoinOptions, topics: readonly Topic[]): Promise<Membership> {
    const partitions = samePartitions(topics);
    const group = this.groups.get(name) ?? new Group();
    this.groups.set(name, group);
    const leave = async (): Promise<void> => {
      this.current.delete(membership);
      await group.leave(member);
    };
    const member = new Member({
      partitions,
      open,
      onFailure,
      sources: (partition) => topics.map((topic) => this.source(name, topic, partition)),
      appends: this.appends,
      failed: leave,
    });
    const membership: Membership = { assigned: () => member.assigned(), leave };
    this.current.add(membership);
    await group.join(member);
    return membership;
  }

  async leaveAll(): Promise<void> {
    await Promise.all([...this.current].map((membership) => membership.leave()));
  }

  private source(group: string, topic: Topic, partition: number): Source {
    const { id, name } = topic;
    return {
      topic: name,
      place: placeOf(id, partition),
      start: () => this.offsets.read(group, partition).offsets[name] ?? 0,
      end: () => this.appender.end(id, partition),
      read: (from, to) => this.reader.some(topic, partition, from, to),
    };
  }
}

function samePartitions(topics: readonly Topic[]): number {
  const [first] = topics;
  if (!first) throw new LogError('rejected', 'a group needs at least one topic');
  const odd = topics.find(({ partitions }) => partitions !== first.partitions);
  if (!odd) return first.partitions;
  throw new LogError(
    'partitions',
    `topics of one group need the same partition count: ${first.name} has ${first.partitions}, ${odd.name} ${odd.partitions}`,
  );
}
