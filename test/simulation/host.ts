import type { Clock } from '#pipeline';
import type { Pace } from '#in-memory';
import type { Point } from './points.js';
import type { Random } from './random.js';
import type { Schedule } from './schedule.js';
import { isOfStore, noAnswer, type Wrong } from './trouble.js';

/** How a process stands: a stopped one holds still and may wake again, a dead one never goes on. */
export type Standing = 'running' | 'stopped' | 'dead';

/** What is around a process. */
export interface Surroundings {
  readonly schedule: Schedule;
  readonly random: Random;
  /** A process stands where it awaits; whatever was to happen there happens now. */
  reached(host: Host, point: Point): void;
  /** What goes wrong with this call, if anything. */
  troubleOf(call: string): Wrong | undefined;
  /** The store's answer may be slow, ms, or fail. */
  storeDelay(): number;
  storeFails(): boolean;
  /** The primary is deposed. */
  rollBack(call: string): void;
  /** Has it take effect at some time after its sender has given up. */
  later(call: string, effect: () => unknown): void;
}

/**
 * One process: a clock and a pace of its own. Requests that it had sent before it was stopped or died may still arrive; what
 * would have followed does not.
 */
export class Host implements Pace {
  standing: Standing = 'running';
  /** How far its clock is off, ms. */
  skew = 0;
  /** Until this step others go first. */
  heldUntil = 0;
  /** Where it awaits now, with what it waits for several times over. */
  readonly awaits = new Map<object, Point>();
  #partial = false;

  constructor(
    readonly name: string,
    private readonly around: Surroundings,
  ) {}

  readonly clock: Clock = {
    now: () => this.around.schedule.now + this.skew,
    after: (ms, callback) => this.around.schedule.after(ms, () => this.standing === 'running', callback),
  };

  async call<T>(name: string, effect: () => T): Promise<T> {
    const { around } = this;
    const arrives = name !== 'log.join' && around.random.chance(0.5);
    await this.#stand(`${name} sent` as Point, arrives);
    const delay = isOfStore(name) ? around.storeDelay() : 0;
    if (delay > 0) await around.schedule.pause(delay, () => this.standing === 'running');
    const wrong = around.troubleOf(name);
    if (wrong === 'request late') around.later(name, effect);
    if (wrong === 'request lost' || wrong === 'request late' || (isOfStore(name) && around.storeFails()))
      throw noAnswer(name);
    if (wrong === 'request and acknowledgement doubled') outcomeOf(effect);
    this.#partial = wrong === 'bulk partly applied';
    const outcome = outcomeOf(effect);
    this.#partial = false;
    if (wrong === 'rollback of what no majority had') around.rollBack(name);
    await this.#stand(`${name} done` as Point, false);
    if (wrong === 'acknowledgement lost after applying') throw noAnswer(name);
    return outcome();
  }

  reaches(): boolean {
    return !this.#partial || this.around.random.chance(0.5);
  }

  async fetchFrom(position: number): Promise<number> {
    await this.#stand('fetch', false);
    return this.around.troubleOf('fetch') ? this.around.random.below(position + 1) : position;
  }

  /** `arrives`: what was sent goes on without its sender. */
  async #stand(point: Point, arrives: boolean): Promise<void> {
    const place = {};
    this.awaits.set(place, point);
    this.around.reached(this, point);
    const { schedule } = this.around;
    await schedule.turn(() =>
      this.standing === 'running' ? schedule.steps >= this.heldUntil : arrives && point !== 'fetch',
    );
    this.awaits.delete(place);
  }
}

/** What an effect returned or threw, to be told later. */
function outcomeOf<T>(effect: () => T): () => T {
  try {
    const result = effect();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
