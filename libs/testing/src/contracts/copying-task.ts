import {
  LogError,
  type EventLog,
  type Fetched,
  type LogRecord,
  type PartitionTask,
  type TaskSession,
} from '#pipeline';

interface Opened {
  readonly session: TaskSession;
  readonly next: Record<string, number>;
}

/**
 * A small worker: copies every record to `target` at the same partition, in one transaction with its offset, as a
 * pipeline's task would. What it is handed below its committed offsets it leaves out; where it is fenced it opens a
 * session anew, since it may still own the partition.
 */
export class CopyingTask implements PartitionTask {
  private opened: Promise<Opened>;
  private work: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(
    private readonly log: EventLog,
    private readonly group: string,
    private readonly partition: number,
    private readonly topics: readonly string[],
    private readonly target: string,
  ) {
    this.opened = this.open();
  }

  push({ topic, records }: Fetched): Promise<void> {
    const copied = this.work.then(() => (records.length > 0 ? this.copy(topic, records) : undefined));
    this.work = copied.catch(() => {});
    return copied;
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.work;
    await this.opened.then(({ session }) => session.close());
  }

  private open(): Promise<Opened> {
    const opened = (async () => {
      const session = await this.log.openSession(this.group, this.partition, this.topics);
      return { session, next: { ...(await session.committed()) } };
    })();
    // Each push that needs it says why there is none.
    opened.catch(() => {});
    return opened;
  }

  private async copy(topic: string, records: readonly LogRecord[]): Promise<void> {
    for (let attempt = 1; !this.ended; attempt++)
      try {
        return await this.commit(topic, records);
      } catch (error) {
        const again = error instanceof LogError && (error.code === 'fenced' || error.code === 'indefinite');
        if (!again || attempt === 5) throw error;
        this.opened = this.open();
      }
  }

  private async commit(topic: string, records: readonly LogRecord[]): Promise<void> {
    const { session, next } = await this.opened;
    const fresh = records.filter(({ offset }) => offset >= (next[topic] ?? 0));
    const last = fresh.at(-1);
    if (!last) return;
    const { target, partition } = this;
    const copies = fresh.map(({ key, value }) => ({ topic: target, partition, key, value }));
    await session.commit(copies, { [topic]: last.offset + 1 });
    next[topic] = last.offset + 1;
  }
}
