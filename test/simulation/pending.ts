import type { Fault } from './faults.js';
import type { Host } from './host.js';
import type { Point } from './points.js';
import type { Trouble, Wrong } from './trouble.js';

/** An old owner who wakes when the next one, of whom it knows nothing, is at that point of its start. */
export interface Sleeper {
  readonly host: Host;
  readonly wakes: Point;
  /** For so many steps the next owner is held back then. */
  readonly held: number;
}

/** What waits for a process to come somewhere: faults, troubles of calls, and old owners. */
export class Pending {
  readonly #faults: Fault[] = [];
  readonly #troubles: Trouble[] = [];
  /** With the next owner, once that has begun. */
  readonly #sleepers: { readonly sleeper: Sleeper; begun: boolean }[] = [];

  fault(fault: Fault): void {
    this.#faults.push(fault);
  }

  trouble(trouble: Trouble): void {
    this.#troubles.push(trouble);
  }

  sleeps(sleeper: Sleeper): void {
    this.#sleepers.push({ sleeper, begun: false });
  }

  faultAt(point: Point): Fault | undefined {
    return taken(this.#faults, ({ when }) => when === point);
  }

  troubleOf(call: string): Wrong | undefined {
    return taken(this.#troubles, (it) => it.call === call)?.wrong;
  }

  /** Who wakes now that this running process stands there. */
  wokenBy(next: Host, point: Point): Sleeper | undefined {
    if (point === 'session.open sent')
      for (const one of this.#sleepers) one.begun ||= one.sleeper.host !== next;
    return taken(
      this.#sleepers,
      ({ sleeper: { host, wakes }, begun }) =>
        begun && wakes === point && host !== next && host.standing === 'stopped',
    )?.sleeper;
  }
}

/** The first that is wanted, which is then no longer in the list. */
function taken<T>(list: T[], wanted: (one: T) => boolean): T | undefined {
  const at = list.findIndex(wanted);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
