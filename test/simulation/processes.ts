import { Host } from './host.js';
import { launch, type Process } from './launch.js';
import type { Point } from './points.js';
import { group } from './story.js';
import { inDoubt, timersDue } from './view.js';
import type { World } from './world.js';

/** Which processes there are, and what becomes of them. */
export class Processes {
  #living: readonly Process[] = [];
  #named = 0;

  constructor(private readonly world: World) {}

  /** Those that live, running or stopped. */
  get living(): readonly Process[] {
    return this.#living;
  }

  start(): void {
    const { world } = this;
    const host = new Host(`p-${++this.#named}`, world);
    const process = launch(host, world, () => this.#end(host));
    this.#living = [...this.#living, process];
    if (inDoubt(world) && timersDue(world, world.schedule.now))
      world.census.count('timers due during recovery');
    process.engine.start().catch(() => this.#end(host));
  }

  /** A further process joins; not more than four. */
  join(): void {
    if (this.#living.length >= 4) return;
    this.#rebalance('joins');
    this.start();
  }

  /** Ends a process at once; the coordinator notices now or later. */
  kill(host: Host): void {
    for (const point of new Set(host.awaits.values())) this.world.census.count('crash', point);
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
      if (until) this.world.pending.sleeps({ host, ...until });
      if (this.#living.every((it) => it.host.standing !== 'running')) this.start();
    };
    this.#alarm(until ? this.world.random.below(1_000) : ms / 2, expelled);
    this.#alarm(ms, () => this.goOn(host));
  }

  goOn(host: Host): void {
    if (host.standing !== 'stopped') return;
    this.world.census.count('process stopped and continued');
    host.standing = 'running';
    this.#alarm(this.world.random.below(2_000), () => this.#comeBack(host));
  }

  /** The coordinator has not heard of a process for a while that goes on all the time. */
  expel(host: Host, ms: number): void {
    const log = this.#of(host)?.log;
    this.#rebalance('expelled');
    log?.expel(group);
    if (this.#living.length === 1) this.start();
    this.#alarm(ms, () => this.#comeBack(host));
  }

  /** A process leaves as it should, where another one stays. */
  async leave(host: Host): Promise<void> {
    const process = this.#of(host);
    if (host.standing !== 'running' || this.#living.length < 2) return;
    this.#rebalance('leaves');
    this.#living = this.#living.filter((it) => it !== process);
    await process?.engine.stop();
  }

  /** Every process dies, and days pass. */
  allDown(ms: number): void {
    this.world.census.count('everything down for days');
    for (const { host } of this.#living) this.#end(host);
    this.world.schedule.now += ms;
  }

  #of(host: Host): Process | undefined {
    return this.#living.find((it) => it.host === host);
  }

  #comeBack(host: Host): void {
    if (host.standing !== 'running' || !this.#of(host)) return;
    this.#rebalance('comes back');
    this.#of(host)?.log.comeBack(group);
  }

  #rebalance(how: 'joins' | 'leaves' | 'expelled' | 'comes back'): void {
    const { world } = this;
    world.census.count('rebalance', how);
    if (inDoubt(world)) world.census.count('rebalance in the middle of a batch', how);
  }

  #end(host: Host): void {
    const process = this.#of(host);
    if (!process || host.standing === 'dead') return;
    host.standing = 'dead';
    this.#living = this.#living.filter((it) => it !== process);
    const { random } = this.world;
    this.#alarm(random.below(3_000), () => process.log.expel(group));
    if (this.#living.length === 0) this.#alarm(random.below(5_000), () => this.start());
  }

  #alarm(ms: number, ring: () => void): void {
    this.world.schedule.after(ms, () => true, ring);
  }
}
