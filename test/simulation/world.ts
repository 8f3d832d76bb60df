import { inputTopics, topicSpecs } from '#contracts';
import { defaultLimits, Engine, type OutboundRecord } from '#pipeline';
import { MemoryCluster, MemoryDatabase, MemoryGroups, MemoryLog, MemoryStore } from '#in-memory';
import { Census, type Kind } from './census.js';
import { definitions, lifecycleOf } from './definitions.js';
import type { Fault } from './faults.js';
import { Host, type Surroundings } from './host.js';
import { Operator } from './operator.js';
import { Pending } from './pending.js';
import type { Point } from './points.js';
import type { Random } from './random.js';
import { Schedule } from './schedule.js';
import { group, partitions, start } from './story.js';
import type { Trouble, Wrong } from './trouble.js';
import { allCommitted, epochsOf, inDoubt, timersDue } from './view.js';
import { Weather } from './weather.js';

interface Process {
  readonly host: Host;
  readonly log: MemoryLog;
  readonly engine: Engine;
}

/** Log, store and a few engine processes, of which a seed decides what happens when. */
export class World implements Surroundings {
  readonly schedule: Schedule;
  readonly cluster: MemoryCluster;
  readonly database = new MemoryDatabase();
  readonly census = new Census();
  readonly operator: Operator;
  readonly complaints: string[] = [];
  readonly #groups = new MemoryGroups();
  readonly #weather: Weather;
  readonly #pending = new Pending();
  #processes: readonly Process[] = [];
  #named = 0;
  #looked = { changes: -1, done: false };

  constructor(readonly random: Random) {
    this.schedule = new Schedule(random, start);
    this.#weather = new Weather(this.schedule, random);
    this.cluster = new MemoryCluster(() => this.schedule.now);
    for (const { name } of topicSpecs('', partitions)) this.cluster.create(name, partitions);
    this.operator = new Operator(
      new MemoryStore(this.database),
      () => this.schedule.now,
      (record) => this.publish(record),
      () => inDoubt(this),
      this.census,
    );
  }

  publish(record: OutboundRecord): void {
    this.cluster.append([record]);
  }

  /** Those that live. */
  get slowestClock(): number {
    return Math.min(this.schedule.now, ...this.#processes.map(({ host }) => host.clock.now()));
  }

  get processes(): readonly Process[] {
    return this.#processes;
  }

  /** It happens now, or when a process next stands where it is to happen. */
  begin(fault: Fault): void {
    fault.first?.(this);
    if (fault.when) this.#pending.fault(fault);
    else if (this.#processes.length > 0) fault.happen(this, this.random.of(this.#processes).host);
  }

  /** The next such call has it. */
  trouble(trouble: Trouble): void {
    this.#pending.trouble(trouble);
  }

  troubleOf(call: string): Wrong | undefined {
    const wrong = this.#pending.troubleOf(call);
    if (wrong) this.census.count(wrong, call);
    return wrong;
  }

  reached(host: Host, point: Point): void {
    if (host.standing !== 'running') return;
    const sleeper = this.#pending.wokenBy(host, point);
    if (sleeper) {
      this.census.count('old owner woke at', point);
      host.heldUntil = this.schedule.steps + sleeper.held;
      this.#goOn(sleeper.host);
    }
    this.#pending.faultAt(point)?.happen(this, host);
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

  start(): void {
    const host = new Host(`p-${++this.#named}`, this);
    const log = new MemoryLog(this.cluster, this.#groups, host);
    const store = new MemoryStore(this.database, host);
    const engine = new Engine({
      log,
      store,
      clock: host.clock,
      random: this.random.next,
      group,
      partitions,
      topics: [...inputTopics],
      prefix: '',
      lifecycle: lifecycleOf(definitions[0].hash),
      lifecycleOf: async (hash) => lifecycleOf(hash),
      limits: { ...defaultLimits, maxRecords: 1 + this.random.below(12), cachedCustomers: 2 },
      observe: (event) => {
        if (event.kind === 'stopped') this.complaints.push(`${host.name}: ${event.reason}`);
        if (event.kind === 'batch' && event.foldErrors.length > 0)
          this.complaints.push(`${host.name}: a fold threw: ${String(event.foldErrors[0]?.error)}`);
      },
      onFatal: () => this.#end(host),
    });
    this.#processes = [...this.#processes, { host, log, engine }];
    if (inDoubt(this) && timersDue(this, this.schedule.now)) this.census.count('timers due during recovery');
    engine.start().catch(() => this.#end(host));
  }

  /** A further process joins; not more than four. */
  join(): void {
    if (this.#processes.length >= 4) return;
    this.#rebalance('joins');
    this.start();
  }

  /** Ends a process at once; the coordinator notices now or later. */
  kill(host: Host): void {
    for (const point of new Set(host.awaits.values())) this.census.count('crash', point);
    this.#end(host);
  }

  /**
   * Holds a process still for so long: others take over, and it goes on as if nothing had happened, until the
   * coordinator's word reaches it. With `until` it wakes when the next owner has come so far, who is then held back itself.
   */
  stop(host: Host, ms: number, until?: { readonly wakes: Point; readonly held: number }): void {
    if (host.standing !== 'running') return;
    const log = this.#of(host)?.log;
    host.standing = 'stopped';
    const expelled = () => {
      if (host.standing !== 'stopped') return;
      this.#rebalance('expelled');
      log?.expel(group);
      if (until) this.#pending.sleeps({ host, ...until });
      if (this.#processes.every((it) => it.host.standing !== 'running')) this.start();
    };
    this.#alarm(until ? this.random.below(1_000) : ms / 2, expelled);
    this.#alarm(ms, () => this.#goOn(host));
  }

  /** The coordinator has not heard of a process for a while that goes on all the time. */
  expel(host: Host, ms: number): void {
    const log = this.#of(host)?.log;
    this.#rebalance('expelled');
    log?.expel(group);
    if (this.#processes.length === 1) this.start();
    this.#alarm(ms, () => this.#comeBack(host));
  }

  /** A process leaves as it should, where another one stays. */
  async leave(host: Host): Promise<void> {
    const process = this.#of(host);
    if (host.standing !== 'running' || this.#processes.length < 2) return;
    this.#rebalance('leaves');
    this.#processes = this.#processes.filter((it) => it !== process);
    await process?.engine.stop();
  }

  jump(host: Host, ms: number): void {
    this.census.count('clock jump', ms > 0 ? 'ahead' : 'back');
    host.skew = ms;
  }

  /** Every process dies, and days pass. */
  allDown(ms: number): void {
    this.census.count('everything down for days');
    for (const { host } of this.#processes) this.#end(host);
    this.schedule.now += ms;
  }

  /** All of the input is committed, and no task has anything left to do. */
  atRest(): boolean {
    const { changes } = this.cluster;
    if (changes !== this.#looked.changes) this.#looked = { changes, done: allCommitted(this) };
    if (!this.#looked.done) return false;
    const tasks = this.#processes
      .filter(({ host }) => host.standing === 'running')
      .flatMap(({ engine }) => engine.status().tasks);
    return tasks.length >= partitions && tasks.every(({ quiet }) => quiet);
  }

  #of(host: Host): Process | undefined {
    return this.#processes.find((it) => it.host === host);
  }

  #goOn(host: Host): void {
    if (host.standing !== 'stopped') return;
    this.census.count('process stopped and continued');
    host.standing = 'running';
    this.#alarm(this.random.below(2_000), () => this.#comeBack(host));
  }

  #comeBack(host: Host): void {
    if (host.standing !== 'running' || !this.#of(host)) return;
    this.#rebalance('comes back');
    this.#of(host)?.log.comeBack(group);
  }

  #rebalance(how: 'joins' | 'leaves' | 'expelled' | 'comes back'): void {
    const kinds: Kind[] = inDoubt(this) ? ['rebalance', 'rebalance in the middle of a batch'] : ['rebalance'];
    for (const kind of kinds) this.census.count(kind, how);
  }

  #end(host: Host): void {
    const process = this.#of(host);
    if (!process || host.standing === 'dead') return;
    host.standing = 'dead';
    this.#processes = this.#processes.filter((it) => it !== process);
    this.#alarm(this.random.below(3_000), () => process.log.expel(group));
    if (this.#processes.length === 0) this.#alarm(this.random.below(5_000), () => this.start());
  }

  #alarm(ms: number, ring: () => void): void {
    this.schedule.after(ms, () => true, ring);
  }
}
