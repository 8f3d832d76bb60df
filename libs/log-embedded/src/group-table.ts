import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import { LogError, type Offsets } from '#pipeline';

/** What the log keeps of a group at one partition index: its newest session and its committed offsets. */
interface GroupState {
  readonly session: number;
  readonly offsets: Offsets;
}

const none: GroupState = { session: 0, offsets: {} };

export class GroupTable {
  private readonly table: Table;

  constructor(private readonly db: EmbeddedDb) {
    this.table = db.table('groups');
  }

  read(group: string, partition: number): GroupState {
    const stored = this.table.get(orderedKey(group, partition));
    return stored ? (JSON.parse(stored.toString()) as GroupState) : none;
  }

  /** Opens a newer session; every earlier one is fenced when it resolves. */
  openSession(group: string, partition: number): Promise<number> {
    return this.db.write(() => {
      const state = this.read(group, partition);
      this.put(group, partition, { ...state, session: state.session + 1 });
      return state.session + 1;
    });
  }

  /** The offsets as this session finds them. @throws LogError `fenced` */
  committed(group: string, partition: number, session: number): Offsets {
    return this.readUnder(group, partition, session).offsets;
  }

  /** Only within a transaction. @throws LogError `fenced` */
  moveOffsets(group: string, partition: number, session: number | undefined, offsets: Offsets): void {
    const state = this.readUnder(group, partition, session);
    this.put(group, partition, { ...state, offsets: { ...state.offsets, ...offsets } });
  }

  private readUnder(group: string, partition: number, session: number | undefined): GroupState {
    const state = this.read(group, partition);
    if (session !== undefined && session !== state.session)
      throw new LogError(
        'fenced',
        `session ${session} of group ${group} at partition ${partition} was overtaken by session ${state.session}`,
      );
    return state;
  }

  private put(group: string, partition: number, state: GroupState): void {
    this.table.put(orderedKey(group, partition), Buffer.from(JSON.stringify(state)));
  }
}
