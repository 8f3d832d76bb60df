import type { Membership } from './event-log.port.js';
import { Task } from './task.js';
import type { TaskDeps } from './task-deps.js';
import type { TaskStatus } from './task-status.js';

export type EngineDeps = Omit<TaskDeps, 'partition'>;

export interface EngineStatus {
  /** Every assigned partition is committing or idle. */
  readonly ready: boolean;
  readonly tasks: readonly TaskStatus[];
}

const WATCH_MS = 10_000;

/** One member of the group: a task per assigned partition index. Start: join. Stop: leave, which stops the tasks. */
export class Engine {
  readonly #tasks = new Map<number, Task>();
  #membership: Membership | undefined;
  #unwatch: () => void = () => undefined;

  constructor(
    private readonly deps: EngineDeps,
    /** With lag and no batch, retry or stop for this long, the process is told to end. */
    private readonly stallMs = 120_000,
  ) {}

  async start(): Promise<void> {
    const { log, group, topics, onFatal } = this.deps;
    this.#membership = await log.join({
      group,
      topics,
      open: (partition) => this.#open(partition),
      onFailure: onFatal,
    });
    this.#watch();
  }

  async stop(): Promise<void> {
    this.#unwatch();
    await this.#membership?.leave();
    this.#tasks.clear();
  }

  /** All of a backfill is in the log: timers of silent customers need not wait for more of it. */
  settle(): void {
    for (const task of this.#assigned()) task.settle();
  }

  status(): EngineStatus {
    const tasks = this.#assigned().map((task) => task.status);
    return { ready: this.#membership !== undefined && tasks.every((t) => t.state === 'running'), tasks };
  }

  #open(partition: number): Task {
    const task = new Task({ ...this.deps, partition });
    this.#tasks.set(partition, task);
    return task;
  }

  #assigned(): Task[] {
    return (this.#membership?.assigned() ?? []).flatMap((partition) => this.#tasks.get(partition) ?? []);
  }

  /** The watchdog: a task that has work and neither progresses nor says why must not go unnoticed. */
  #watch(): void {
    const { clock, onFatal } = this.deps;
    this.#unwatch = clock.after(WATCH_MS, () => {
      const stalled = this.status().tasks.find(
        (t) => t.state === 'running' && t.lag > 0 && clock.now() - t.progressAt > this.stallMs,
      );
      if (!stalled) return this.#watch();
      const seconds = Math.round(this.stallMs / 1_000);
      onFatal(
        new Error(
          `partition ${stalled.partition}: no progress for ${seconds} s with ${stalled.lag} records waiting`,
        ),
      );
    });
  }
}
