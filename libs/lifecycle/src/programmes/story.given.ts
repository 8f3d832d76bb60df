import type { InputEvent } from '#contracts';
import { parseDocument } from 'yaml';
import { bundledDefinition, couponCodes, createLifecycle, loadDefinition } from '../index.js';
import { programmes } from './index.js';
import type { Action, Advance, CustomerState, Lifecycle, Suppression, Transition } from '../types.js';

export const hour = 3_600_000;
export const day = 24 * hour;
export const time = (iso: string): number => Date.parse(iso);

/** retail@1 with just these programmes, all by their defaults. */
function withProgrammes(names: readonly string[]) {
  const document = parseDocument(bundledDefinition());
  document.set('programmes', Object.fromEntries(names.map((name) => [name, {}])));
  return document;
}

export const offering = (...names: readonly string[]): Lifecycle =>
  createLifecycle(loadDefinition(String(withProgrammes(names))));

/** The same without control groups, and with codes for coupons where there is a secret. */
export function offeringAll(names: readonly string[], secret?: string): Lifecycle {
  const document = withProgrammes(names);
  document.setIn(['contactPolicy', 'control'], { each: 0, all: 0 });
  return createLifecycle(
    loadDefinition(String(document)),
    secret === undefined ? undefined : couponCodes(secret),
  );
}

const retail = offering('follow-up', 'win-back');

/** retail@1 with every programme switched on. */
export const everything = offering(...programmes.map(({ name }) => name));

/** What was decided of one customer, in order; each with the recorded clock of its verdict, ms. */
export interface Told {
  readonly customer: CustomerState;
  readonly transitions: readonly Transition[];
  readonly requested: readonly (Action & { readonly at: number })[];
  readonly suppressed: readonly (Suppression & { readonly at: number })[];
}

/** A customer, by default of follow-up and win-back alone, whose story is told event by event. */
export class Story {
  private customer: CustomerState;
  private readonly events: InputEvent[] = [];

  constructor(
    private readonly id: string,
    private readonly lifecycle: Lifecycle = retail,
  ) {
    this.customer = lifecycle.begin(id);
  }

  happens(type: string, when: string, data: unknown = {}): this {
    const id = `${type}-${this.events.length}`;
    this.events.push({ id, source: '/shop', type, subject: this.id, at: time(when), data });
    return this;
  }

  buys(orderId: string, when: string, total = 20): this {
    return this.happens('order.completed.v1', when, { orderId, total, currency: 'USD', products: [] });
  }

  optsIn(when: string): this {
    for (const purpose of ['marketing', 'survey'])
      this.happens('consent.changed.v1', when, { channel: 'email', purpose, granted: true });
    return this;
  }

  /** The engine is up all the time: every event and timer is folded at its own time. */
  live(until: string): Told {
    return this.tell((at) => at, time(until));
  }

  /** The engine starts at `now` and reads everything at once; afterwards it is up until `until`. */
  backfilled(now: string, until: string): Told {
    return this.tell((at) => Math.max(at, time(now)), time(until));
  }

  private tell(clock: (at: number) => number, until: number): Told {
    const told = {
      transitions: [] as Transition[],
      requested: [] as Told['requested'][number][],
      suppressed: [] as Told['suppressed'][number][],
    };
    this.customer = this.lifecycle.begin(this.id);
    const take = (event: InputEvent) => {
      const now = clock(event.at);
      const done: Advance = this.lifecycle.advance(this.customer, event, now);
      this.customer = done.customer;
      told.transitions.push(...done.transitions);
      told.requested.push(...done.actions.map((action) => ({ ...action, at: now })));
      told.suppressed.push(...done.suppressed.map((suppression) => ({ ...suppression, at: now })));
    };
    for (const event of [...this.events].sort((a, b) => a.at - b.at)) {
      this.ring(event.at - 1, take);
      take(event);
    }
    this.ring(until, take);
    return { customer: this.customer, ...told };
  }

  /** The scheduler: brings the timers that are due by `upTo`. */
  private ring(upTo: number, take: (event: InputEvent) => void) {
    for (let next = this.customer.timers[0]; next && next.due <= upTo; next = this.customer.timers[0]) {
      const { name, due } = next;
      const data = { name, due: new Date(due).toISOString() };
      take({
        id: `${name}@${due}`,
        source: '/scheduler',
        type: 'timer.due.v1',
        subject: this.id,
        at: due,
        data,
      });
    }
  }
}

/** `2026-03-04 09:00 follow-up.thanks`, in the shop's zone. */
export function lines(requested: Told['requested']): string[] {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return requested.map(({ at, template, variables }) =>
    [clock.format(at), template, variables['occasion']].filter(Boolean).join(' '),
  );
}
