import { inputTopics, topicSpecs } from '#contracts';
import {
  activate,
  defaultLimits,
  Engine,
  readControls,
  setBrake,
  type CustomerStore,
  type OutboundRecord,
} from '#pipeline';
import { MemoryCluster, MemoryDatabase, MemoryGroups, MemoryLog, MemoryStore } from '#in-memory';
import { definitions, lifecycleOf } from './definitions.js';
import { Host } from './host.js';
import type { Random } from './random.js';
import { Schedule } from './schedule.js';
import { partitions, start } from './story.js';

export const group = 'simulation';

interface Process {
  readonly host: Host;
  readonly log: MemoryLog;
  readonly engine: Engine;
}

/** Log, store and a few engine processes, of which a seed decides what happens when. */
export class World {
  readonly schedule: Schedule;
  readonly cluster: MemoryCluster;
  readonly database = new MemoryDatabase();
  /** An operator's client, which nothing hinders. */
  readonly operator: CustomerStore = new MemoryStore(this.database);
  readonly complaints: string[] = [];
  storeDownUntil = 0;
  #groups = new MemoryGroups();
  #processes: Process[] = [];
  #named = 0;

  constructor(private readonly random: Random) {
    this.schedule = new Schedule(random, start);
    this.cluster = new MemoryCluster(() => this.schedule.now);
    for (const { name } of topicSpecs('', partitions)) this.cluster.create(name, partitions);
  }

  get hosts(): readonly Host[] {
    return this.#processes.map(({ host }) => host);
  }

  publish(record: OutboundRecord): void {
    this.cluster.append([record]);
  }

  start(): void {
    const up = () => this.schedule.steps >= this.storeDownUntil;
    const host = new Host(`p-${++this.#named}`, this.schedule, this.random, this.database, up);
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
    this.#processes.push({ host, log, engine });
    engine.start().catch(() => this.#end(host));
  }

  /** Ends a process at once; the coordinator notices now or later. */
  kill(host: Host): void {
    host.kill();
    const process = this.#processes.find((it) => it.host === host);
    this.#processes = this.#processes.filter((it) => it.host !== host);
    this.schedule.after(
      this.random.below(3_000),
      () => true,
      () => process?.log.expel(group),
    );
    if (this.#processes.length === 0)
      this.schedule.after(
        this.random.below(5_000),
        () => true,
        () => this.start(),
      );
  }

  /** Holds a process still for so long; for longer than the session's timeout others take over. */
  stop(host: Host, ms: number): void {
    host.standing = 'stopped';
    const log = this.#processes.find((it) => it.host === host)?.log;
    const awake = this.schedule.now + ms;
    this.schedule.after(
      ms / 2,
      () => true,
      () => {
        log?.expel(group);
        if (this.hosts.every(({ standing }) => standing !== 'running')) this.start();
      },
    );
    this.schedule.after(
      ms,
      () => true,
      () => {
        if (host.standing !== 'stopped' || this.schedule.now < awake) return;
        host.standing = 'running';
        // Its tasks go on as if nothing had happened, until the coordinator's word reaches them.
        this.schedule.after(
          this.random.below(2_000),
          () => host.standing === 'running',
          () => log?.comeBack(group),
        );
      },
    );
  }

  /** A process leaves as it should. */
  async leave(host: Host): Promise<void> {
    const process = this.#processes.find((it) => it.host === host);
    this.#processes = this.#processes.filter((it) => it !== process);
    await process?.engine.stop();
  }

  /** An operator holds a programme back, or lets it go on. */
  async brake(programme: string, brake: 'paused' | 'shadow' | 'running'): Promise<void> {
    await setBrake(this.operator, programme, brake, 'operator', this.schedule.now);
  }

  /** An operator makes the second definition the active one; a second time it is refused. */
  async goOver(): Promise<void> {
    const [, { name, version, hash, source }] = definitions;
    const next = { name, version, hash, source };
    await this.operator.registerDefinition(next);
    await activate(this.operator, next, 'operator', this.schedule.now).catch(() => undefined);
  }

  /** Nothing is on its way to customers any more. */
  async everyoneTold(): Promise<boolean> {
    return (await readControls(this.operator)).fanOuts.length === 0;
  }

  /** All of the input is committed, and no task has anything left to do. */
  atRest(): boolean {
    const done = inputTopics.every((topic) =>
      Array.from({ length: partitions }, (_, p) => p).every(
        (p) => (this.cluster.committed(group, topic, p) ?? 0) === this.cluster.partition(topic, p).length,
      ),
    );
    if (!done) return false;
    const tasks = this.#processes
      .filter(({ host }) => host.standing === 'running')
      .flatMap(({ engine }) => engine.status().tasks);
    return tasks.length >= partitions && tasks.every(({ quiet }) => quiet);
  }

  /** Where everything stands, in words. */
  state(): string {
    const tasks = this.#processes.map(({ host, engine }) => {
      const each = engine
        .status()
        .tasks.map(({ partition, state, lag, quiet, reason = '' }) =>
          [partition, state, `lag ${lag}`, quiet ? 'quiet' : 'busy', reason].join(' ').trim(),
        );
      return `${host.name} ${host.standing}: ${each.join('; ') || 'no task'}`;
    });
    return [new Date(this.schedule.now).toISOString(), ...tasks].join(' | ');
  }

  #end(host: Host): void {
    if (host.standing !== 'dead') this.kill(host);
  }
}
