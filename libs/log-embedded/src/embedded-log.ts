import { orderedKey, type EmbeddedDb } from '#embedded-db';
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
import { Appender, type Addition } from './appender.js';
import { AppendSignal, placeOf } from './append-signal.js';
import type { Source } from './fetcher.js';
import { Group } from './group.js';
import { GroupTable } from './group-table.js';
import { Member } from './member.js';
import { Reader } from './reader.js';
import { logErrors } from './storage.js';
import { TopicTable, type Topic } from './topic-table.js';

/** A task's commit, to be run inside a transaction that other writes may share. */
export interface PreparedCommit {
  /** Only within a transaction. @throws LogError `fenced` */
  apply(): void;
  /** Wakes readers; after the transaction. */
  announce(): void;
}

/** The EventLog over an embedded folder. Groups live within one process; sessions fence across processes. */
export class EmbeddedLog implements EventLog {
  private readonly table: TopicTable;
  private readonly appender: Appender;
  private readonly reader: Reader;
  private readonly groupTable: GroupTable;
  private readonly appends = new AppendSignal();
  private readonly groups = new Map<string, Group>();
  private readonly memberships = new Set<Membership>();
  private readonly sessions = new Map<string, number>();

  constructor(private readonly db: EmbeddedDb) {
    this.table = new TopicTable(db);
    this.appender = new Appender(db, this.table);
    this.reader = new Reader(db);
    this.groupTable = new GroupTable(db);
  }

  createTopics(specs: readonly TopicSpec[]): Promise<readonly string[]> {
    return logErrors(this.table.create(specs));
  }

  async topics(names?: readonly string[]): Promise<readonly TopicInfo[]> {
    const found = names ? names.flatMap((name) => this.table.find(name) ?? []) : this.table.all();
    return found.map(({ name, partitions }) => ({ name, partitions }));
  }

  async publish(records: readonly OutboundRecord[]): Promise<void> {
    const additions = this.appender.prepare(records);
    await logErrors(this.db.write(() => this.appender.append(additions)));
    this.announce(additions);
  }

  async range(topic: string): Promise<readonly { readonly start: number; readonly end: number }[]> {
    const { id, partitions } = this.table.get(topic);
    return Array.from({ length: partitions }, (_, p) => ({ start: 0, end: this.appender.end(id, p) }));
  }

  async *read(
    topic: string,
    partition: number,
    from: number,
    to: number,
  ): AsyncGenerator<readonly LogRecord[]> {
    const found = this.table.get(topic);
    for (let next = Math.max(from, 0); ;) {
      const records = this.reader.some(found, partition, next, to);
      const last = records.at(-1);
      if (!last) return;
      yield records;
      next = last.offset + 1;
    }
  }

  async groupOffsets(
    group: string,
    topics: readonly string[],
  ): Promise<Readonly<Record<string, readonly number[]>>> {
    const offsets = topics.map((name) => {
      const { partitions } = this.table.get(name);
      const at = (p: number): number => this.groupTable.read(group, p).offsets[name] ?? -1;
      return [name, Array.from({ length: partitions }, (_, p) => at(p))] as const;
    });
    return Object.fromEntries(offsets);
  }

  async join({ group, topics, open, onFailure }: JoinOptions): Promise<Membership> {
    const found = topics.map((name) => this.table.get(name));
    const partitions = samePartitions(found);
    const members = this.groups.get(group) ?? new Group();
    this.groups.set(group, members);
    const sources = (partition: number): Source[] =>
      found.map((topic) => this.source(group, topic, partition));
    const leave = async (): Promise<void> => {
      this.memberships.delete(membership);
      await members.leave(member);
    };
    const { appends } = this;
    const member = new Member({ partitions, sources, open, onFailure, appends, failed: leave });
    const membership: Membership = { assigned: () => member.assigned(), leave };
    this.memberships.add(membership);
    await members.join(member);
    return membership;
  }

  async openSession(group: string, partition: number, topics: readonly string[]): Promise<TaskSession> {
    for (const name of topics) this.table.get(name);
    const session = await logErrors(this.groupTable.openSession(group, partition));
    this.sessions.set(orderedKey(group, partition).toString('latin1'), session);
    let closed = false;
    return {
      committed: async () => pick(this.groupTable.read(group, partition).offsets, topics),
      commit: async (records, offsets) => {
        if (closed) throw new LogError('fenced', `session ${session} of group ${group} is closed`);
        const commit = this.prepare(group, partition, session, records, offsets);
        await logErrors(this.db.write(() => commit.apply()));
        commit.announce();
      },
      close: async () => {
        closed = true;
      },
    };
  }

  /**
   * A commit under the newest session that this log opened here; without one, the session is not checked.
   * @throws LogError `unknownTopic`, `rejected`
   */
  prepareCommit(
    group: string,
    partition: number,
    records: readonly OutboundRecord[],
    offsets: Offsets,
  ): PreparedCommit {
    const session = this.sessions.get(orderedKey(group, partition).toString('latin1'));
    return this.prepare(group, partition, session, records, offsets);
  }

  /** Leaves all groups. The folder stays open for its owner to close. */
  async close(): Promise<void> {
    await Promise.all([...this.memberships].map((membership) => membership.leave()));
  }

  private prepare(
    group: string,
    partition: number,
    session: number | undefined,
    records: readonly OutboundRecord[],
    offsets: Offsets,
  ): PreparedCommit {
    const additions = this.appender.prepare(records);
    return {
      apply: () => {
        this.groupTable.moveOffsets(group, partition, session, offsets);
        this.appender.append(additions);
      },
      announce: () => this.announce(additions),
    };
  }

  private source(group: string, topic: Topic, partition: number): Source {
    const { id, name } = topic;
    return {
      topic: name,
      place: placeOf(id, partition),
      start: () => this.groupTable.read(group, partition).offsets[name] ?? 0,
      end: () => this.appender.end(id, partition),
      read: (from, to) => this.reader.some(topic, partition, from, to),
    };
  }

  private announce(additions: readonly Addition[]): void {
    this.appends.announce(additions.map(({ place }) => place));
  }
}

function pick(offsets: Offsets, topics: readonly string[]): Offsets {
  return Object.fromEntries(Object.entries(offsets).filter(([topic]) => topics.includes(topic)));
}

/** @throws LogError `partitions` */
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
