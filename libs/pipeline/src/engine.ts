import type { Brakes, Lifecycle } from '#lifecycle';
import { Controls, type InForce } from './controls/controls.js';
import type { Membership } from './event-log.port.js';
import { LOOK_MS, Stalls } from './stalls.js';
import { Task } from './task.js';
import type { TaskDeps } from './task-deps.js';
import type { TaskStatus } from './task-status.js';
import { Turns } from './turns.js';

export interface EngineDeps extends Omit<TaskDeps, 'partition' | 'controls' | 'turns'> {
  /** What runs where the store names no active definition. */
  readonly lifecycle: Lifecycle;
}

export interface EngineStatus {
  /** The group has settled what this engine is assigned, and every partition of that is committing or idle. */
  readonly ready: boolean;
  /** Why it is not ready: one sentence for each cause. */
  readonly reasons: readonly string[];
  /** `name@version` in force. */
  readonly definition: string;
  /** By programme or `all`. */
  readonly brakes: Brakes;
  readonly tasks: readonly TaskStatus[];
}

/** A partition that ought to move and has not for so long, ms, is not ready. */
const SLOW_MS = 30_000;

/** One member of the group: a task per assigned partition index. Start: read the controls, join. Stop: leave, which stops the tasks. */
export class Engine {
  readonly #tasks = new Map<number, Task>();
  readonly #controls: Controls;
  readonly #turns: Turns;
  #starting: Promise<void> | undefined;
  #membership: Membership | undefined;
  #stopped = false;
  readonly #stalls = new Stalls();
  #unwatch: () => void = () => undefined;

  constructor(
    private readonly deps: EngineDeps,
    /** A partition that ought to move and has not for so long, ms, ends the process. */
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
    const reasons = this.#unsettled() ?? tasks.flatMap((task) => this.#unready(task) ?? []);
    return { ready: reasons.length === 0, reasons, ...shown(this.#controls.current), tasks };
  }

  #open(partition: number): Task {
    const task = new Task({ ...this.deps, controls: this.#controls, turns: this.#turns, partition });
    this.#tasks.set(partition, task);
    return task;
  }

  #assigned(): Task[] {
    return (this.#membership?.assigned() ?? []).flatMap((partition) => this.#tasks.get(partition) ?? []);
  }

  #unsettled(): readonly string[] | undefined {
    if (!this.#membership) return ['the group is not joined yet'];
    if (this.#membership.settled?.() === false) return ['the group is settling anew, or out of reach'];
    return undefined;
  }

  #unready({ partition, state, reason, lag }: TaskStatus): string | undefined {
    if (state !== 'running') return `partition ${partition} is ${state}${reason ? `: ${reason}` : ''}`;
    const still = this.#stalls.of(partition);
    return still < SLOW_MS
      ? undefined
      : `partition ${partition}: no progress for ${still / 1_000} s with ${lag} records waiting`;
  }

  /** The watchdog: a task that has work and neither progresses nor says why must not go unnoticed. */
  #watch(): void {
    const { clock, onFatal } = this.deps;
    this.#unwatch = clock.after(LOOK_MS, () => {
      const { tasks } = this.status();
      this.#stalls.look(tasks);
      const stalled = tasks.find(({ partition }) => this.#stalls.of(partition) >= this.stallMs);
      if (!stalled) return this.#watch();
      const { partition, state, lag } = stalled;
      const seconds = Math.round(this.stallMs / 1_000);
      const what = state === 'running' ? `with ${lag} records waiting` : `while ${state}`;
      onFatal(new Error(`partition ${partition}: no progress for ${seconds} s ${what}`));
    });
  }
}

function shown({ lifecycle, brakes = {} }: InForce): Pick<EngineStatus, 'definition' | 'brakes'> {
  const { name, version } = lifecycle.definition;
  return { definition: `${name}@${version}`, brakes };
}
