import {
  LogError,
  type EventLog,
  type JoinOptions,
  type LogRecord,
  type Membership,
  type Offsets,
  type OutboundRecord,
  type TaskSession,
  type TopicInfo,
  type TopicSpec,
} from '#pipeline';
import type { MemoryCluster } from './cluster.js';
import type { MemoryGroups } from './groups.js';
import { MemoryMembership } from './membership.js';
import { unhindered, type Pace } from './pace.js';

const chunk = 500;

/** A client of an in-memory log: no thread, timer or file, so that a scheduler decides what happens when. */
export class MemoryLog implements EventLog {
  readonly #memberships: MemoryMembership[] = [];

  constructor(
    private readonly cluster: MemoryCluster,
    private readonly groups: MemoryGroups,
    private readonly pace: Pace = unhindered,
  ) {}

  async createTopics(specs: readonly TopicSpec[]): Promise<readonly string[]> {
    for (const { name, partitions } of specs) {
      const known = this.cluster.partitionCount(name);
      if (known !== undefined && known !== partitions)
        throw new LogError('partitions', `${name} has ${known} partitions, not ${partitions}`);
    }
    const missing = specs.filter(({ name }) => this.cluster.partitionCount(name) === undefined);
    for (const { name, partitions } of missing) this.cluster.create(name, partitions);
    return missing.map(({ name }) => name);
  }

  async topics(names: readonly string[] = this.cluster.topicNames()): Promise<readonly TopicInfo[]> {
    return names.flatMap((name) => {
      const partitions = this.cluster.partitionCount(name);
      return partitions === undefined ? [] : [{ name, partitions }];
    });
  }

  publish(records: readonly OutboundRecord[]): Promise<void> {
    return this.pace.call('log.publish', () => this.cluster.append(records));
  }

  range(topic: string) {
    return this.pace.call('log.range', () => {
      this.cluster.partition(topic, 0);
      const count = this.cluster.partitionCount(topic) ?? 0;
      return Array.from({ length: count }, (_, p) => ({
        start: 0,
        end: this.cluster.partition(topic, p).length,
      }));
    });
  }

  async *read(
    topic: string,
    partition: number,
    from: number,
    to: number,
  ): AsyncIterable<readonly LogRecord[]> {
    const { length } = await this.pace.call('log.read', () => this.cluster.partition(topic, partition));
    const end = Math.min(to, length);
    for (let at = from; at < end; at += chunk)
      yield this.cluster.partition(topic, partition).slice(at, Math.min(end, at + chunk));
  }

  async groupOffsets(group: string, topics: readonly string[]) {
    return Object.fromEntries(
      topics.map((topic) => [
        topic,
        Array.from(
          { length: this.cluster.partitionCount(topic) ?? 0 },
          (_, p) => this.cluster.committed(group, topic, p) ?? -1,
        ),
      ]),
    );
  }

  async join(options: JoinOptions): Promise<Membership> {
    const counts = options.topics.map((topic) => {
      this.cluster.partition(topic, 0);
      return this.cluster.partitionCount(topic)!;
    });
    if (new Set(counts).size > 1) throw new LogError('partitions', 'the topics differ in partitions');
    return this.pace.call('log.join', () => {
      const membership = new MemoryMembership(this.cluster, this.groups, options, this.pace, counts[0] ?? 0);
      this.#memberships.push(membership);
      this.groups.join(options.group, membership.partitions, membership);
      return membership;
    });
  }

  openSession(group: string, partition: number, topics: readonly string[]): Promise<TaskSession> {
    const name = `${group}/${partition}`;
    return this.pace.call('session.open', () => {
      const producer = { name, epoch: this.cluster.fence(name) };
      return {
        committed: () =>
          this.pace.call('session.committed', () => {
            this.cluster.requireNewest(producer);
            return Object.fromEntries(
              topics.flatMap((topic) => {
                const offset = this.cluster.committed(group, topic, partition);
                return offset === undefined ? [] : [[topic, offset]];
              }),
            );
          }),
        commit: (records: readonly OutboundRecord[], offsets: Offsets) => {
          let done = false;
          return this.pace.call('session.commit', () => {
            // A transaction that arrives twice is known by its sequence number.
            if (!done) this.cluster.commit(producer, records, { group, partition }, offsets);
            done = true;
          });
        },
        close: async () => {},
      };
    });
  }

  /** The coordinator has not heard of this client for too long: its partitions go to others. */
  expel(group: string): void {
    for (const membership of this.#memberships) this.groups.remove(group, membership);
  }

  /** It is heard of again, and comes back to the group. */
  comeBack(group: string): void {
    for (const membership of this.#memberships)
      if (!membership.left) this.groups.join(group, membership.partitions, membership);
  }

  async close(): Promise<void> {
    await Promise.all(this.#memberships.map((membership) => membership.leave()));
  }
}
