import { orderKey } from '../../facts/order-book.js';
import type { KnownOrder, Punches } from './memory.js';
import { remember, type Work } from './work.js';

const day = 86_400_000;
const mostOrders = 128;

/** The order of this id, as long as its return takes points back. */
export function findOrder(work: Work, orderId: string): KnownOrder | undefined {
  const key = orderKey(orderId);
  const known = work.memory.orders.find(([other]) => other === key);
  return known && !isForgotten(work, known) ? known : undefined;
}

/** Keeps an order and lets go of those that it is too late to take back; at most 128 are kept. */
export function keepOrder(work: Work, order: KnownOrder): void {
  const { orders } = work.memory;
  let from = Math.max(0, orders.length + 1 - mostOrders);
  while (from < orders.length && isForgotten(work, orders[from]!)) from++;
  remember(work, { orders: [...(from === 0 ? orders : orders.slice(from)), order] });
}

/** Puts another word in the place of an order, or forgets it. */
export function replaceOrder(work: Work, order: KnownOrder, by: KnownOrder | undefined): void {
  const { orders } = work.memory;
  remember(work, {
    orders: orders.flatMap((known) => (known !== order ? [known] : by ? [by] : [])),
  });
}

type WithoutPunches = readonly [string, number, number, number, number];

export const withPunches = (order: WithoutPunches, punches: Punches | undefined): KnownOrder =>
  punches ? [...order, punches] : order;

const isForgotten = ({ moment, settings }: Work, [, due]: KnownOrder): boolean =>
  moment.at > due + Math.max(0, settings.clawbackDays - settings.returnDays) * day;
