import { orderKey } from '../../facts/order-book.js';
import type { KnownOrder, Punches } from './memory.js';
import type { Work } from './work.js';

const day = 86_400_000;
const mostOrders = 128;

/** The order of this id, as long as its return takes points back. */
export function findOrder(work: Work, orderId: string): KnownOrder | undefined {
  const key = orderKey(orderId);
  for (const known of work.memory.orders)
    if (known[0] === key) return isForgotten(work, known) ? undefined : known;
  return undefined;
}

/** Keeps an order and lets go of those that it is too late to take back; at most 128 are kept. */
export function keepOrder(work: Work, order: KnownOrder): void {
  const { memory } = work;
  const { orders } = memory;
  let from = Math.max(0, orders.length + 1 - mostOrders);
  while (from < orders.length && isForgotten(work, orders[from]!)) from++;
  memory.orders = [...(from === 0 ? orders : orders.slice(from)), order];
}

/** Puts another word in the place of an order, or forgets it. */
export function replaceOrder({ memory }: Work, order: KnownOrder, by: KnownOrder | undefined): void {
  memory.orders = memory.orders.flatMap((known) => (known !== order ? [known] : by ? [by] : []));
}

type WithoutPunches = readonly [string, number, number, number, number];

export const withPunches = (order: WithoutPunches, punches: Punches | undefined): KnownOrder =>
  punches ? [...order, punches] : order;

const isForgotten = ({ moment, settings }: Work, order: KnownOrder): boolean =>
  moment.at > order[1] + Math.max(0, settings.clawbackDays - settings.returnDays) * day;
