import { topicSpecs } from '#contracts';
import { MemoryCluster, MemoryDatabase, MemoryGroups, MemoryStore } from '#in-memory';
import type { OutboundRecord } from '#pipeline';
import { Census } from './census.js';
import type { Fault } from './faults.js';
import type { Host, Surroundings } from './host.js';
import { Operator } from './operator.js';
import { Pending } from './pending.js';
import type { Point } from './points.js';
import { Processes } from './processes.js';
import type { Random } from './random.js';
import { Recorded } from './recorded.js';
import { Schedule } from './schedule.js';
import { partitions, start } from './story.js';
import type { Trouble, Wrong } from './trouble.js';
import { allCommitted, epochsOf, inDoubt } from './view.js';
import { Weather } from './weather.js';

/** Log, store and a few engine processes, of which a seed decides what happens when. */
export class World implements Surroundings {
  readonly schedule: Schedule;
  readonly cluster: MemoryCluster;
  readonly database = new MemoryDatabase();
  readonly groups = new MemoryGroups();
  readonly census = new Census();
  readonly pending = new Pending();
  readonly processes: Processes;
  readonly operator: Operator;
  readonly complaints: string[] = [];
  readonly #weather: Weather;
  readonly #recorded: Recorded;
  #looked = { changes: -1, done: false };

  constructor(readonly random: Random) {
    this.schedule = new Schedule(random, start);
    this.#weather = new Weather(this.schedule, random);
    this.cluster = new MemoryCluster(() => this.schedule.now);
    for (const { name } of topicSpecs('', partitions)) this.cluster.create(name, partitions);
    this.#recorded = new Recorded(this);
    this.processes = new Processes(this);
    this.operator = new Operator(
      new MemoryStore(this.database),
      () => this.schedule.now,
      (record) => this.publish(record),
      () => inDoubt(this),
      this.census,
    );
  }

  /** One thing goes on. False when nothing could. */
  async step(): Promise<boolean> {
    const went = await this.schedule.step();
    this.complaints.push(...this.#recorded.look());
    return went;
  }

  publish(record: OutboundRecord): void {
    this.cluster.append([record]);
  }

  /** Of those that live. */
  get slowestClock(): number {
    return Math.min(this.schedule.now, ...this.processes.living.map(({ host }) => host.clock.now()));
  }

  /** It happens now, or when a process next stands where it is to happen. */
  begin(fault: Fault): void {
    const { living } = this.processes;
    fault.first?.(this);
    if (fault.when) this.pending.fault(fault);
    else if (living.length > 0) fault.happen(this, this.random.of(living).host);
  }

  /** The next such call has it. */
  trouble(trouble: Trouble): void {
    this.pending.trouble(trouble);
  }

  troubleOf(call: string): Wrong | undefined {
    const wrong = this.pending.troubleOf(call);
    if (wrong) this.census.count(wrong, call);
    return wrong;
  }

  reached(host: Host, point: Point): void {
    if (host.standing !== 'running') return;
    const sleeper = this.pending.wokenBy(host, point);
    if (sleeper) {
      this.census.count('old owner woke at', point);
      host.heldUntil = this.schedule.steps + sleeper.held;
      this.processes.goOn(sleeper.host);
    }
    this.pending.faultAt(point)?.happen(this, host);
  }

  storeIs(how: 'away' | 'slow' | 'failing', steps: number): void {
    this.census.count(`store ${how}`);
    this.#weather.becomes(how, steps);
  }

  storeDelay(): number {
    return this.#weather.delay();
  }

  storeFails(): boolean {
    return this.#weather.fails();
  }

  rollBack(): void {
    this.database.rollBack();
  }

  later(call: string, effect: () => unknown): void {
    const epoch = epochsOf(this);
    const latest = this.schedule.steps + this.random.below(400);
    const landed = this.schedule
      .turn(() => epochsOf(this) > epoch || this.schedule.steps >= latest)
      .then(effect);
    landed.then(
      () => {
        if (epochsOf(this) > epoch) this.census.count('write landed after the next epoch', call);
      },
      () => undefined,
    );
  }

  jump(host: Host, ms: number): void {
    this.census.count('clock jump', ms > 0 ? 'ahead' : 'back');
    host.skew = ms;
  }

  /** All of the input is committed, and no task has anything left to do. */
  atRest(): boolean {
    const { changes } = this.cluster;
    if (changes !== this.#looked.changes) this.#looked = { changes, done: allCommitted(this) };
    if (!this.#looked.done) return false;
    const tasks = this.processes.living
      .filter(({ host }) => host.standing === 'running')
      .flatMap(({ engine }) => engine.status().tasks);
    return tasks.length >= partitions && tasks.every(({ quiet }) => quiet);
  }
}
