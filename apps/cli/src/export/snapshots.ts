import type { CustomerState, Lifecycle } from '#lifecycle';
import type { PeriodEnd } from './period.js';
import type { Row } from './table-spec.js';

/**
 * Takes each customer's facts at the ends of periods while a replay folds their events: before the first event past an end,
 * the customer is as they were then, but for timers that were due by it, which are fired on a copy.
 */
export class Snapshots {
  #rows: Row[] = [];
  readonly #next = new Map<string, PeriodEnd>();

  /** `endOf`: the end of the period that a time (ms) lies in. */
  constructor(private readonly endOf: (at: number) => PeriodEnd) {}

  /** The same lifecycle, watched. */
  watch(lifecycle: Lifecycle): Lifecycle {
    return {
      ...lifecycle,
      advance: (state, event, now, brakes) => {
        if (this.#next.has(state.id)) this.#takeUpTo(lifecycle, state, event.at);
        else this.#next.set(state.id, this.endOf(event.at));
        return lifecycle.advance(state, event, now, brakes);
      },
    };
  }

  /** A customer who was known before the first event, as of `until`, ms: what ended by then is not told. */
  begun(lifecycle: Lifecycle, state: CustomerState, until: number): void {
    const latest = Number(lifecycle.factsOf(state)['lastEventAt'] ?? until);
    this.#next.set(state.id, this.endOf(Math.max(until, latest)));
  }

  /** No event of this customer comes any more: takes the ends that lie at or before `until`, ms. */
  close(lifecycle: Lifecycle, state: CustomerState, until: number): void {
    this.#takeUpTo(lifecycle, state, until);
    this.#next.delete(state.id);
  }

  /** The rows taken since the last call. */
  taken(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #takeUpTo(lifecycle: Lifecycle, state: CustomerState, until: number): void {
    let end = this.#next.get(state.id);
    let then = state;
    for (; end !== undefined && end.at <= until; end = this.endOf(end.at)) {
      then = ring(lifecycle, then, end.at - 1);
      if (then.erased !== undefined) continue;
      const { lastDay, at } = end;
      const { definition, id: customer } = then;
      this.#rows.push({ ...lifecycle.factsOf(then, at - 1), customer, lastDay, snapshotAt: at, definition });
    }
    if (end !== undefined) this.#next.set(state.id, end);
  }
}

/** The customer after the timers that are due by `upTo`, ms. */
function ring(lifecycle: Lifecycle, state: CustomerState, upTo: number): CustomerState {
  let then = state;
  for (let next = then.timers[0]; next !== undefined && next.due <= upTo; next = then.timers[0]) {
    const data = { name: next.name, due: new Date(next.due).toISOString() };
    const event = { id: next.name, source: '/perennial/timers', type: 'timer.due.v1', subject: then.id };
    const { customer } = lifecycle.advance(then, { ...event, at: next.due, data }, next.due);
    if (customer.timers[0] === next) break;
    then = customer;
  }
  return then;
}
