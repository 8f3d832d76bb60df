import { entryOf, pack7, unpack } from '../../packed.js';
import { orderKey } from '../../facts/order-book.js';
import type { Punches } from './memory.js';
import type { Work } from './work.js';

/**
 * Orders whose return takes points back, as one string in order of arrival: each entry holds the hash of the order id (7
 * characters), and packed to 7 each when its points are released (ms), its total in thousandths, its points, and what came
 * back of it so far in thousandths.
 */
export type OrderList = string;

export interface KnownOrder {
  readonly key: string;
  readonly due: number;
  readonly total: number;
  readonly points: number;
  readonly back: number;
  readonly punches?: Punches | undefined;
}

const width = 35;
const dueAt = 7;
const most = 128;
const none = pack7(0);
const day = 86_400_000;

/** The order of this id, as long as its return takes points back. */
export function findOrder(work: Work, orderId: string): KnownOrder | undefined {
  const { orders, punches } = work.memory;
  const key = orderKey(orderId);
  const from = entryOf(orders, key, width);
  if (from < 0 || isOver(work, orders, from)) return undefined;
  const [due, total, points, back] = [1, 2, 3, 4].map((field) => unpack(orders, from + 7 * field, 7));
  return { key, due: due!, total: total!, points: points!, back: back!, punches: punches[key] };
}

/** Keeps an order; at most 128 of them. */
export function keepOrder(work: Work, order: KnownOrder): void {
  const { memory } = work;
  forget(work, memory.orders.length + width - most * width);
  memory.orders += entry(order);
  if (order.punches) keepPunches(work, order.key, order.punches);
}

/** Lets go of the oldest orders as far as it is too late to take them back. */
export function forgetOrders(work: Work): void {
  const { orders } = work.memory;
  let from = 0;
  while (from < orders.length && isOver(work, orders, from)) from += width;
  forget(work, from);
}

function forget(work: Work, length: number): void {
  if (length <= 0) return;
  const { orders, punches } = work.memory;
  if (!isEmpty(punches))
    for (let from = 0; from < length; from += width)
      keepPunches(work, orders.slice(from, from + dueAt), undefined);
  work.memory.orders = orders.slice(length);
}

/** Puts another word in the place of an order, or forgets it. */
export function replaceOrder(work: Work, key: string, by: KnownOrder | undefined): void {
  const { memory } = work;
  const from = entryOf(memory.orders, key, width);
  const [before, after] = [memory.orders.slice(0, from), memory.orders.slice(from + width)];
  memory.orders = before + (by ? entry(by) : '') + after;
  keepPunches(work, key, by?.punches);
}

const entry = ({ key, due, total, points, back }: KnownOrder): string =>
  key + pack7(due) + pack7(total) + pack7(points) + (back === 0 ? none : pack7(back));

const isOver = ({ moment, settings }: Work, orders: OrderList, from: number): boolean =>
  moment.at >
  unpack(orders, from + dueAt, 7) + Math.max(0, settings.clawbackDays - settings.returnDays) * day;

function isEmpty(punches: object): boolean {
  for (const _ in punches) return false;
  return true;
}

function keepPunches({ memory }: Work, key: string, punches: Punches | undefined): void {
  if (punches) memory.punches = { ...memory.punches, [key]: punches };
  else if (key in memory.punches)
    memory.punches = Object.fromEntries(Object.entries(memory.punches).filter(([other]) => other !== key));
}
