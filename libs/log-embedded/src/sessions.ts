import { orderedKey, type EmbeddedDb } from '#embedded-db';
import { LogError, type Offsets, type OutboundRecord, type TaskSession } from '#pipeline';
import type { Appender } from './appender.js';
import type { AppendSignal } from './append-signal.js';
import type { GroupTable } from './group-table.js';
import { logErrors } from './storage.js';

/** A task's commit, to be run inside a transaction that other writes may share. */
export interface PreparedCommit {
  /** Only within a transaction. @throws LogError `fenced` */
  apply(): void;
  /** Wakes readers; after the transaction. */
  announce(): void;
}

/** A commit's records and where the offsets that go with them belong. */
export interface CommitRequest {
  readonly group: string;
  readonly partition: number;
  readonly records: readonly OutboundRecord[];
  readonly offsets: Offsets;
}

const keyOf = (group: string, partition: number): string => orderedKey(group, partition).toString('latin1');

/** The sessions that this process opened, and what they commit. */
export class Sessions {
  private readonly newest = new Map<string, number>();

  constructor(
    private readonly db: EmbeddedDb,
    private readonly groups: GroupTable,
    private readonly appender: Appender,
    private readonly appends: AppendSignal,
  ) {}

  async open(group: string, partition: number, topics: readonly string[]): Promise<TaskSession> {
    const number = await logErrors(this.groups.openSession(group, partition));
    this.newest.set(keyOf(group, partition), number);
    let closed = false;
    return {
      committed: async () => {
        const offsets = this.groups.committed(group, partition, number);
        return Object.fromEntries(Object.entries(offsets).filter(([topic]) => topics.includes(topic)));
      },
      commit: async (records, offsets) => {
        if (closed) throw new LogError('fenced', `session ${number} of group ${group} is closed`);
        const commit = this.prepareUnder(number, { group, partition, records, offsets });
        await logErrors(this.db.write(() => commit.apply()));
        commit.announce();
      },
      close: async () => {
        closed = true;
      },
    };
  }

  /** Under the newest session that was opened here; without one, the session is not checked. */
  prepare(request: CommitRequest): PreparedCommit {
    return this.prepareUnder(this.newest.get(keyOf(request.group, request.partition)), request);
  }

  private prepareUnder(session: number | undefined, request: CommitRequest): PreparedCommit {
    const { group, partition, records, offsets } = request;
    const additions = this.appender.prepare(records);
    return {
      apply: () => {
        this.groups.moveOffsets(group, partition, session, offsets);
        this.appender.append(additions);
      },
      announce: () => this.appends.announce(additions),
    };
  }
}
