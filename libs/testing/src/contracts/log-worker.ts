import type { EventLog, Fetched, LogRecord, Membership, PartitionTask } from '#pipeline';

/** A task that keeps what it was handed. */
export class Recorder implements PartitionTask {
  readonly pushes: Fetched[] = [];
  stopped = false;
  pushedAfterStop = 0;

  constructor(
    readonly partition: number,
    private readonly hold: (fetched: Fetched) => Promise<void> = async () => {},
  ) {}

  async push(fetched: Fetched): Promise<void> {
    if (this.stopped) this.pushedAfterStop++;
    this.pushes.push(fetched);
    await this.hold(fetched);
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  records(topic?: string): LogRecord[] {
    const pushes = this.pushes.filter((fetched) => topic === undefined || fetched.topic === topic);
    return pushes.flatMap(({ records }) => records);
  }

  last(topic: string): Fetched | undefined {
    return this.pushes.findLast((fetched) => fetched.topic === topic);
  }
}

/** One membership with its tasks, newest last, and what ended it. */
export interface Recording {
  readonly tasks: Recorder[];
  readonly failures: Error[];
  readonly membership: Membership;
}

export async function record(
  log: EventLog,
  group: string,
  topics: readonly string[],
  hold?: (fetched: Fetched, task: Recorder) => Promise<void>,
): Promise<Recording> {
  const tasks: Recorder[] = [];
  const failures: Error[] = [];
  const open = (partition: number): Recorder => {
    const task: Recorder = new Recorder(partition, hold && ((fetched) => hold(fetched, task)));
    tasks.push(task);
    return task;
  };
  const membership = await log.join({ group, topics, open, onFailure: (error) => failures.push(error) });
  return { tasks, failures, membership };
}

/** The values of records, as text. */
export const valuesOf = (records: readonly LogRecord[]): string[] =>
  records.map(({ value }) => value?.toString() ?? '');

export async function readAll(log: EventLog, topic: string): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  const ranges = await log.range(topic);
  for (const [partition, { start, end }] of ranges.entries())
    for await (const chunk of log.read(topic, partition, start, end)) all.push(...chunk);
  return all;
}
