import { formatTime, type InputEvent } from '#contracts';
import type { Advance, Brakes, CustomerState, Twin } from '#lifecycle';
import type { Judge, RehearsalClock } from './rehearsal-clock.js';

/** On which side something was decided; on both at once as long as the sides have not parted. */
export type Side = 'against' | 'candidate' | 'both';

/** What a rehearsal tells: the advance of one customer by an event or timer of time `at`, judged by the clock `now`, both ms. */
export interface Heard {
  readonly customer: string;
  readonly side: Side;
  readonly advance: Advance;
  readonly at: number;
  readonly now: number;
}

export interface Hearer {
  heard(told: Heard): void;
  /** The rules threw: the customer stands as before, and the event is lost to this side. */
  broke(customer: string, side: Side, error: unknown): void;
}

/** How one customer stands; the candidate's side is absent while it is the same. */
export interface Standing {
  against: CustomerState;
  candidate?: CustomerState;
}

type Taken = Exclude<Side, 'both'>;

/**
 * Customers living through the same inputs under two definitions. Shares `advance()` with the engine, and publishes,
 * stores and sends nothing. While a customer's sides have not parted, one fold does for both.
 */
export class Rehearsal {
  readonly #standings = new Map<string, Standing>();

  constructor(
    private readonly twin: Twin,
    private readonly hearer: Hearer,
    private readonly clock: RehearsalClock,
    begun: Iterable<CustomerState> = [],
  ) {
    for (const state of begun) this.#standings.set(state.id, { against: state });
  }

  get standings(): ReadonlyMap<string, Standing> {
    return this.#standings;
  }

  /** Fires the customer's timers that come before the event, then folds it. */
  take(event: InputEvent, now: number, brakes?: Brakes): void {
    const { subject } = event;
    let standing = this.#standings.get(subject);
    if (!standing) {
      standing = { against: this.twin.against.begin(subject) };
      this.#standings.set(subject, standing);
    }
    this.#ring(standing, Math.max(this.clock.passed, event.at));
    this.#each(standing, event, { now, brakes });
  }

  /** Fires everybody's timers that are due by `upTo`, ms. */
  finish(upTo: number): void {
    for (const standing of this.#standings.values()) this.#ring(standing, upTo);
  }

  /** Forgets a customer of whom nothing more will come. */
  end(customer: string, upTo: number): Standing | undefined {
    const standing = this.#standings.get(customer);
    if (standing) this.#ring(standing, upTo);
    this.#standings.delete(customer);
    return standing;
  }

  #ring(standing: Standing, upTo: number): void {
    for (let due = dueOf(standing.against); due <= upTo; due = dueOf(standing.against)) {
      if (standing.candidate) break;
      this.#each(standing, this.#timer(standing.against), this.clock.judge(due));
    }
    if (!standing.candidate) return;
    for (const side of ['against', 'candidate'] as const)
      for (let due = dueOf(standing[side]!); due <= upTo; due = dueOf(standing[side]!))
        if (!this.#one(standing, side, this.#timer(standing[side]!), this.clock.judge(due))) break;
  }

  /** Both sides, with one fold where that does. */
  #each(standing: Standing, event: InputEvent, judge: Judge): void {
    if (standing.candidate) {
      this.#one(standing, 'against', event, judge);
      this.#one(standing, 'candidate', event, judge);
      return;
    }
    const before = standing.against;
    const advance = this.#advance('against', before, event, judge);
    const parted = advance === undefined || this.twin.parted();
    if (advance) {
      standing.against = advance.customer;
      this.#tell(before.id, parted ? 'against' : 'both', advance, event.at, judge.now);
    }
    if (!parted) return;
    standing.candidate = before;
    this.#one(standing, 'candidate', event, judge);
  }

  #one(standing: Standing, side: Taken, event: InputEvent, judge: Judge): boolean {
    const before = standing[side]!;
    const advance = this.#advance(side, before, event, judge);
    if (!advance) return false;
    standing[side] = advance.customer;
    this.#tell(before.id, side, advance, event.at, judge.now);
    return advance.customer !== before;
  }

  #advance(
    side: Taken,
    state: CustomerState,
    event: InputEvent,
    { now, brakes }: Judge,
  ): Advance | undefined {
    try {
      return this.twin[side].advance(state, event, now, brakes);
    } catch (error) {
      this.hearer.broke(state.id, side, error);
      return undefined;
    }
  }

  #tell(customer: string, side: Side, advance: Advance, at: number, now: number): void {
    this.hearer.heard({ customer, side, advance, at, now });
  }

  #timer({ id: subject, timers: [next] }: CustomerState): InputEvent {
    const { name, due } = next!;
    const data = { name, due: formatTime(due) };
    return { id: name, source: '/perennial/timers', type: 'timer.due.v1', subject, at: due, data };
  }
}

const dueOf = ({ timers }: CustomerState): number => timers[0]?.due ?? Infinity;
