import type { Brakes, Lifecycle } from '#lifecycle';
import { Controls, type InForce } from './controls/controls.js';
import type { Membership } from './event-log.port.js';
import { Task } from './task.js';
import type { TaskDeps } from './task-deps.js';
import type { TaskStatus } from './task-status.js';
import { Turns } from './turns.js';

export interface EngineDeps extends Omit<TaskDeps, 'partition' | 'controls' | 'turns'> {
  /** What runs where the store names no active definition. */
  readonly lifecycle: Lifecycle;
}

export interface EngineStatus {
  /** Every assigned partition is committing or idle. */
  readonly ready: boolean;
  /** `name@version` in force. */
  readonly definition: string;
  /** By programme or `all`. */
  readonly brakes: Brakes;
  readonly tasks: readonly TaskStatus[];
}

const WATCH_MS = 10_000;

/** One member of the group: a task per assigned partition index. Start: read the controls, join. Stop: leave, which stops the tasks. */
export class Engine {
  readonly #tasks = new Map<number, Task>();
  readonly #controls: Controls;
  readonly #turns: Turns;
  #starting: Promise<void> | undefined;
  #membership: Membership | undefined;
  #stopped = false;
  #unwatch: () => void = () => undefined;

  constructor(
    private readonly deps: EngineDeps,
    /** With lag and no batch, retry or stop for this long, the process is told to end. */
    private readonly stallMs = 120_000,
  ) {
    const changed = (inForce: InForce) => deps.observe({ kind: 'controls', ...shown(inForce) });
    this.#controls = new Controls({ ...deps, changed });
    this.#turns = new Turns(deps.limits.recordsUnderWay);
  }

  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  /** Also in the middle of a start: a membership that comes late is left at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch();
    await this.#starting?.catch(() => undefined);
    await this.#membership?.leave();
    await this.#controls.stop();
    this.#tasks.clear();
  }

  async #start(): Promise<void> {
    const { log, group, topics, onFatal } = this.deps;
    await this.#controls.refresh();
    if (this.#stopped) return;
    this.#membership = await log.join({
      group,
      topics,
      open: (partition) => this.#open(partition),
      onFailure: onFatal,
    });
    if (this.#stopped) return;
    this.#controls.start();
    this.#watch();
  }

  /** All of a backfill is in the log: timers of silent customers need not wait for more of it. */
  settle(): void {
    for (const task of this.#assigned()) task.settle();
  }

  status(): EngineStatus {
    const tasks = this.#assigned().map((task) => task.status);
    const ready = this.#membership !== undefined && tasks.every((t) => t.state === 'running');
    return { ready, ...shown(this.#controls.current), tasks };
  }

  #open(partition: number): Task {
    const task = new Task({ ...this.deps, controls: this.#controls, turns: this.#turns, partition });
    this.#tasks.set(partition, task);
    return task;
  }

  #assigned(): Task[] {
    return (this.#membership?.assigned() ?? []).flatMap((partition) => this.#tasks.get(partition) ?? []);
  }

  /**
   * The watchdog: a task that has work and neither progresses nor says why must not go unnoticed. It counts its own looks,
   * since the time of day may be set forward.
   */
  #watch(before: ReadonlyMap<number, Look> = new Map()): void {
    const { clock, onFatal } = this.deps;
    this.#unwatch = clock.after(WATCH_MS, () => {
      const { tasks } = this.status();
      const looks = new Map(tasks.map((task) => [task.partition, look(task, before.get(task.partition))]));
      const stalled = tasks.find((t) => (looks.get(t.partition)?.stalledMs ?? 0) > this.stallMs);
      if (!stalled) return this.#watch(looks);
      const seconds = Math.round(this.stallMs / 1_000);
      onFatal(
        new Error(
          `partition ${stalled.partition}: no progress for ${seconds} s with ${stalled.lag} records waiting`,
        ),
      );
    });
  }
}

/** What the watchdog saw of a task: its batches, and for how long there was work and none was added. */
interface Look {
  readonly batches: number;
  readonly stalledMs: number;
}

function look({ state, lag, batches }: TaskStatus, before: Look | undefined): Look {
  const stalls = state === 'running' && lag > 0 && batches === before?.batches;
  return { batches, stalledMs: stalls ? before.stalledMs + WATCH_MS : 0 };
}

function shown({ lifecycle, brakes = {} }: InForce): Pick<EngineStatus, 'definition' | 'brakes'> {
  const { name, version } = lifecycle.definition;
  return { definition: `${name}@${version}`, brakes };
}
