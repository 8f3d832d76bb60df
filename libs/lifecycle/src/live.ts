import type { InputEvent } from '#contracts';
import type { Advance, CustomerState, Lifecycle } from './types.js';

/** What one event or timer did, and the clock of its verdict, ms. */
export type Told = Advance & { readonly now: number };

/**
 * One customer of an engine that is up all the time: every event and every timer is folded, and judged, at its own time. Pure
 * but for the state that it holds.
 */
export class LiveCustomer {
  #state: CustomerState;

  constructor(
    private readonly lifecycle: Lifecycle,
    readonly id: string,
  ) {
    this.#state = lifecycle.begin(id);
  }

  get state(): CustomerState {
    return this.#state;
  }

  /** When the next timer is due, ms; Infinity where none is set. */
  get nextDue(): number {
    return this.#state.timers[0]?.due ?? Infinity;
  }

  /** Fires the timers due by `upTo` (ms), each at its due time, or by a clock that says `now`. */
  ring(upTo: number, now?: number): readonly Told[] {
    const told: Told[] = [];
    for (let next = this.#state.timers[0]; next && next.due <= upTo; next = this.#state.timers[0]) {
      const data = { name: next.name, due: new Date(next.due).toISOString() };
      const id = `${this.id}/${next.name}/${next.due}`;
      const timer = { id, source: '/perennial/timers', type: 'timer.due.v1', subject: this.id, at: next.due };
      told.push(this.take({ ...timer, data }, now ?? next.due));
    }
    return told;
  }

  /** Folds one event. Its earlier timers are to be rung before. */
  take(event: InputEvent, now = event.at): Told {
    const advance = this.lifecycle.advance(this.#state, event, now);
    this.#state = advance.customer;
    return { ...advance, now };
  }
}
