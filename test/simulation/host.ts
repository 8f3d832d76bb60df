import type { Clock } from '#pipeline';
import type { MemoryDatabase, Pace } from '#in-memory';
import type { Random } from './random.js';
import type { Schedule } from './schedule.js';
import { noAnswer, type Trouble } from './trouble.js';

/** How a process stands: a stopped one holds still and may wake again, a dead one never goes on. */
export type Standing = 'running' | 'stopped' | 'dead';

/**
 * One process: a clock and a pace of its own. Requests that it had sent before it died may still arrive; what would have
 * followed never does.
 */
export class Host implements Pace {
  standing: Standing = 'running';
  /** How far its clock is off, ms. */
  skew = 0;
  #trouble: Trouble | undefined;

  constructor(
    readonly name: string,
    private readonly schedule: Schedule,
    private readonly random: Random,
    private readonly database: MemoryDatabase,
    private readonly storeIsUp: () => boolean,
  ) {}

  readonly clock: Clock = {
    now: () => this.schedule.now + this.skew,
    after: (ms, callback) => this.schedule.after(ms, () => this.standing === 'running', callback),
  };

  /** The next call that this can happen to has it. */
  trouble(what: Trouble): void {
    this.#trouble = what;
  }

  kill(): void {
    this.standing = 'dead';
  }

  async before(call: string): Promise<void> {
    const arrives = this.random.chance(0.5);
    // A request on its way outlives its sender, or is lost with it.
    await this.schedule.turn(() => this.standing === 'running' || (this.standing === 'dead' && arrives));
    if (call.startsWith('store.') && !this.storeIsUp()) throw noAnswer(call);
    if (this.#takes('lostRequest', call)) throw noAnswer(call);
  }

  async after(call: string): Promise<void> {
    if (isWrite(call) && this.#takes('rolledBack', call)) this.database.rollBack();
    await this.schedule.turn(() => this.standing === 'running');
    if (this.#takes('lostAnswer', call)) throw noAnswer(call);
  }

  reach(call: string, count: number): number {
    if (call === 'fetch') return this.#takes('redelivered', call) ? 0 : count;
    return this.#takes('partial', call) ? this.random.below(count + 1) : count;
  }

  #takes(what: Trouble, call: string): boolean {
    if (this.#trouble !== what || (call === 'fetch') !== (what === 'redelivered')) return false;
    this.#trouble = undefined;
    return true;
  }
}

const isWrite = (call: string) => ['store.claim', 'store.writeIntent', 'store.write'].includes(call);
