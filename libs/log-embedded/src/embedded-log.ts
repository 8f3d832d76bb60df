import type { EmbeddedDb } from '#embedded-db';
import type {
  EventLog,
  JoinOptions,
  LogRecord,
  Membership,
  OutboundRecord,
  TaskSession,
  TopicInfo,
  TopicSpec,
} from '#pipeline';
import { Appender } from './appender.js';
import { AppendSignal } from './append-signal.js';
import { GroupTable } from './group-table.js';
import { Memberships } from './memberships.js';
import { Reader } from './reader.js';
import { Sessions, type CommitRequest, type PreparedCommit } from './sessions.js';
import { logErrors } from './storage.js';
import { TopicTable } from './topic-table.js';

/** The EventLog over an embedded folder. Groups live within one process; sessions fence across processes. */
export class EmbeddedLog implements EventLog {
  private readonly table: TopicTable;
  private readonly appender: Appender;
  private readonly reader: Reader;
  private readonly groups: GroupTable;
  private readonly appends = new AppendSignal();
  private readonly sessions: Sessions;
  private readonly memberships: Memberships;

  constructor(private readonly db: EmbeddedDb) {
    this.table = new TopicTable(db);
    this.appender = new Appender(db, this.table);
    this.reader = new Reader(db);
    this.groups = new GroupTable(db);
    this.sessions = new Sessions(db, this.groups, this.appender, this.appends);
    this.memberships = new Memberships(this.groups, this.appender, this.reader, this.appends);
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
    this.appends.announce(additions);
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
    const committed = (name: string, partition: number): number =>
      this.groups.read(group, partition).offsets[name] ?? -1;
    return Object.fromEntries(
      topics.map((name) => {
        const { partitions } = this.table.get(name);
        return [name, Array.from({ length: partitions }, (_, p) => committed(name, p))];
      }),
    );
  }

  async join(options: JoinOptions): Promise<Membership> {
    const topics = options.topics.map((name) => this.table.get(name));
    return this.memberships.join(options, topics);
  }

  async openSession(group: string, partition: number, topics: readonly string[]): Promise<TaskSession> {
    for (const name of topics) this.table.get(name);
    return this.sessions.open(group, partition, topics);
  }

  /**
   * A commit to be applied in a transaction together with other writes to the folder.
   * @throws LogError `unknownTopic`, `rejected`
   */
  prepareCommit(request: CommitRequest): PreparedCommit {
    return this.sessions.prepare(request);
  }

  /** Leaves all groups. The folder stays open for its owner to close. */
  close(): Promise<void> {
    return this.memberships.leaveAll();
  }
}
