import type { JoinOptions, PartitionTask } from '#pipeline';
import type { AppendSignal } from './append-signal.js';
import { fetchInto, type Source } from './fetcher.js';

interface Running {
  readonly partition: number;
  readonly task: PartitionTask;
  readonly fetching: AbortController;
}

export interface MemberOptions extends Pick<JoinOptions, 'open' | 'onFailure'> {
  readonly partitions: number;
  /** What a task of this partition index reads, one for each topic. */
  readonly sources: (partition: number) => readonly Source[];
  readonly appends: AppendSignal;
  /** Called once, before `onFailure`. */
  readonly failed: () => Promise<void>;
}

/** One membership: its tasks and what fetches for them. */
export class Member {
  private running: Running[] = [];
  private failure: Error | undefined;

  constructor(private readonly options: MemberOptions) {}

  assigned(): readonly number[] {
    return this.running.map(({ partition }) => partition);
  }

  openTasks(mine: (partition: number) => boolean): void {
    for (let partition = 0; partition < this.options.partitions; partition++)
      if (mine(partition)) this.open(partition);
  }

  /** Resolves when no task has work in flight. */
  async stopTasks(): Promise<void> {
    const stopping = this.running;
    this.running = [];
    for (const { fetching } of stopping) fetching.abort();
    await Promise.all(stopping.map(({ task }) => task.stop().catch((error: unknown) => this.fail(error))));
  }

  private open(partition: number): void {
    try {
      const fetching = new AbortController();
      const task = this.options.open(partition);
      this.running.push({ partition, task, fetching });
      for (const source of this.options.sources(partition))
        fetchInto(task, source, this.options.appends, fetching.signal).catch((error: unknown) => {
          if (!fetching.signal.aborted) this.fail(error);
        });
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(cause: unknown): void {
    if (this.failure) return;
    const failure = cause instanceof Error ? cause : new Error(String(cause));
    this.failure = failure;
    void this.options.failed().finally(() => this.options.onFailure(failure));
  }
}
