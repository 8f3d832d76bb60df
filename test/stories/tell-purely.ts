import { eventTypes, inboxTopic, isEventType, validateData } from '#contracts';
import { LiveCustomer, type Lifecycle, type Told } from '#lifecycle';
import { decidedBy, type Decided } from './outcome.js';
import type { ToldEvent } from './story.js';

/** One look at the clock: the timers due by then fire, then what happens at that time is folded. */
export interface Instant {
  readonly at: number;
  readonly timers: number;
  /** As they happened, every question of theirs answered. */
  readonly events: readonly ToldEvent[];
  /** Of one customer to another, by the engine itself. */
  readonly internal: number;
}

export interface Telling {
  readonly instants: readonly Instant[];
  readonly decided: readonly Decided[];
  /** Of everything asked for. */
  readonly actionIds: readonly string[];
}

const second = 1_000;

/**
 * Tells events through advance() alone, as an engine would that is up all the time and looks at the clock at most once a second.
 * All customers live in one world, so that one may hear of another.
 */
export function tellPurely(lifecycle: Lifecycle, events: readonly ToldEvent[], until: number): Telling {
  const world = new World(lifecycle);
  const instants: Instant[] = [];
  let left = [...events];
  for (let last = 0; ;) {
    const next = Math.min(left[0]?.at ?? Infinity, world.nextDue);
    if (next > until) return { instants, decided: world.decided, actionIds: world.actionIds };
    const at = Math.max(next, last + second);
    const timers = world.ring(at);
    const now = left.filter((event) => event.at <= at).map((event) => world.happens(event, at));
    left = left.slice(now.length);
    instants.push({ at, timers, events: now, internal: world.takeInternal(at) });
    last = at;
  }
}

class World {
  readonly decided: Decided[] = [];
  readonly actionIds: string[] = [];
  readonly #customers = new Map<string, LiveCustomer>();
  readonly #asked = new Map<string, Record<string, unknown>>();
  #internal: ToldEvent[] = [];

  constructor(private readonly lifecycle: Lifecycle) {}

  get nextDue(): number {
    return Math.min(Infinity, ...[...this.#customers.values()].map(({ nextDue }) => nextDue));
  }

  ring(at: number): number {
    let fired = 0;
    for (const customer of this.#customers.values())
      for (const told of customer.ring(at, at)) {
        this.#note(customer.id, told);
        fired += 1;
      }
    return fired;
  }

  happens(event: ToldEvent, now: number): ToldEvent {
    const answered = { ...event, data: this.#answers(event) };
    const { id, type, data } = answered;
    const wrong = isEventType(type) ? validateData(type, data) : 'there is no such type';
    if (wrong !== undefined) throw new Error(`${id}, ${type}: ${wrong}`);
    this.#take(answered, '/story', now);
    return answered;
  }

  /** What the engine tells one customer of another, until there is no more. */
  takeInternal(now: number): number {
    let count = 0;
    for (let event = this.#internal.shift(); event; event = this.#internal.shift()) {
      this.#take(event, '/perennial', now);
      count += 1;
    }
    return count;
  }

  #take(event: ToldEvent, source: string, now: number): void {
    const { subject } = event;
    const customer = this.#customers.get(subject) ?? new LiveCustomer(this.lifecycle, subject);
    this.#customers.set(subject, customer);
    this.#note(subject, customer.take({ ...event, source }, now));
  }

  #note(customer: string, told: Told): void {
    this.decided.push(...decidedBy(customer, told));
    for (const { template, variables, actionId } of told.actions) {
      this.#asked.set(`${customer} ${template}`, { ...variables, actionId });
      this.actionIds.push(actionId);
    }
    for (const { type, id, subject, at, data } of told.records)
      if (eventTypes[type].topic === inboxTopic) this.#internal.push({ type, id, subject, at, data });
  }

  /** `{template}` is the id of the last such action asked of this customer, `{template.variable}` what it said. */
  #answers({ subject, data }: ToldEvent): ToldEvent['data'] {
    const text = JSON.stringify(data).replace(
      /\{([a-z-]+\.[a-z-]+)(?:\.([a-zA-Z]+))?\}/g,
      (whole, template: string, name = 'actionId') => {
        const value = this.#asked.get(`${subject} ${template}`)?.[name as string];
        if (typeof value !== 'string') throw new Error(`${subject}: nothing answers ${whole}`);
        return value;
      },
    );
    return JSON.parse(text) as ToldEvent['data'];
  }
}
