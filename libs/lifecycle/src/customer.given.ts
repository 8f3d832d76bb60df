import type { DataOf, InputEventOf, InputType, KnownInputEvent } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from './index.js';
import type { Customer } from './state.js';
import type { CustomerState, Transition } from './types.js';

export const day = 86_400_000;
/** Noon of a Monday in New York; stories count days from here. */
export const monday = Date.parse('2026-01-05T17:00:00Z');
export const on = (days: number): number => monday + Math.round(days * day);

export const retailSource = bundledDefinition();
export const retailDefinition = loadDefinition(retailSource);
export const retail = createLifecycle(retailDefinition);

export function event<T extends InputType>(
  type: T,
  days: number,
  data: DataOf<T>,
  id?: string,
): InputEventOf<T> {
  return {
    id: id ?? `${type}@${days}#${JSON.stringify(data).length}`,
    source: '/shop',
    type,
    subject: 'c-1',
    at: on(days),
    data,
  };
}

export const buys = (days: number, order: Partial<DataOf<'order.completed.v1'>> = {}) =>
  event('order.completed.v1', days, {
    orderId: `o-${days}`,
    total: 20,
    currency: 'USD',
    products: [],
    ...order,
  });
export const buysEvery = (gap: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / gap) + 1 }, (_, i) => buys(from + i * gap));
export const sendsBack = (days: number, orderId: string) =>
  event('order.returned.v1', days, { orderId, whole: true });
export const recommends = (days: number, score: number) =>
  event('survey.answered.v1', days, { survey: 'nps', score });
export const rates = (days: number, score: number) =>
  event('survey.answered.v1', days, { survey: 'csat', score });
export const visits = (days: number) => event('page.visited.v1', days, { page: '/' });
export const clicks = (days: number) => event('message.clicked.v1', days, { channel: 'email' });
export const opensCase = (days: number, caseId = 'k-1') => event('case.opened.v1', days, { caseId });
export const escalates = (days: number, caseId = 'k-1') => event('case.escalated.v1', days, { caseId });
export const resolves = (days: number, caseId = 'k-1') => event('case.resolved.v1', days, { caseId });
export const reopens = (days: number, caseId = 'k-1') => event('case.reopened.v1', days, { caseId });
export const missesDeadline = (days: number, caseId = 'k-1') => event('case.overdue.v1', days, { caseId });
export const subscribes = (days: number) => event('subscription.renewed.v1', days, { subscriptionId: 's-1' });
export const unsubscribes = (days: number) =>
  event('subscription.cancelled.v1', days, { subscriptionId: 's-1' });
export const refers = (days: number) => event('referral.made.v1', days, { referralId: `r-${days}` });
export const supplierEnds = (days: number) => event('relationship.ended.v1', days, {});
export const supplierReopens = (days: number) => event('relationship.reopened.v1', days, {});
export const flags = (days: number, cleared = false) =>
  event('account.flagged.v1', days, { flag: 'fraud', cleared });
/** Nothing happens until then; what is due by then falls due. */
export const silence = (days: number) => ({ until: on(days) });

export type Happening = KnownInputEvent | { readonly until: number };

export interface Lived {
  readonly customer: Customer;
  readonly transitions: readonly Transition[];
}

/** A customer who lived through this, starting as `from`. */
export function lives(story: readonly Happening[], from?: CustomerState, lifecycle = retail): Lived {
  let customer = from ?? lifecycle.begin('c-1');
  const transitions: Transition[] = [];
  const take = (happening: KnownInputEvent) => {
    const done = lifecycle.advance(customer, happening, happening.at);
    customer = done.customer;
    transitions.push(...done.transitions);
  };
  for (const happening of story) {
    if ('type' in happening) {
      take(happening);
      continue;
    }
    for (let next = customer.timers[0]; next && next.due <= happening.until; next = customer.timers[0])
      take(bringing(next));
  }
  return { customer: customer as Customer, transitions };
}

/** The scheduler's event for a timer. */
export const bringing = ({ name, due }: { readonly name: string; readonly due: number }) =>
  ({
    id: `${name}@${due}`,
    source: '/engine',
    type: 'timer.due.v1',
    subject: 'c-1',
    at: due,
    data: { name, due: new Date(due).toISOString() },
  }) as const satisfies InputEventOf<'timer.due.v1'>;

export const rulesOf = (transitions: readonly Transition[]) =>
  transitions.map(({ from, to, evidence }) => `${from} > ${to}: ${evidence.rule}`);
