import type { History, Spending } from '#analysis';
import type { InputEvent, KnownInputEvent } from '#contracts';

/** Spent by day (number since 1970-01-01), ascending: orders of one day are one purchase. */
export type PurchaseDays = ReadonlyMap<number, number>;

/**
 * The days with a kept order and what was spent on them. An order that was cancelled or wholly returned by the last of these events
 * is none; one of 0 without goods is a visit. Events come in order of time. With a `currency` what was spent in another one counts
 * nothing, but the purchase does.
 */
export function purchaseDays(
  events: readonly InputEvent[],
  calendar: { day(at: number): number },
  currency?: string,
): PurchaseDays {
  const orders = new Map<string, { readonly day: number; value: number }>();
  for (const event of events as readonly KnownInputEvent[])
    if (event.type === 'order.completed.v1') {
      const { orderId, products } = event.data;
      const total = currency === undefined || event.data.currency === currency ? event.data.total : 0;
      if (event.data.total > 0 || products.some(({ quantity }) => quantity > 0))
        orders.set(orderId, { day: calendar.day(event.at), value: total });
    } else if (event.type === 'order.returned.v1' || event.type === 'order.cancelled.v1') {
      const { orderId, total, products, whole } = event.data;
      const order = orders.get(orderId);
      if (whole ?? (total === undefined && products === undefined)) orders.delete(orderId);
      else if (order) order.value = Math.max(0, order.value - (total ?? 0));
    }
  const days = new Map<number, number>();
  for (const { day, value } of [...orders.values()].sort((a, b) => a.day - b.day))
    days.set(day, (days.get(day) ?? 0) + value);
  return days;
}

export const units = { days: 1, weeks: 7 } as const;
export type Unit = keyof typeof units;

/** What the buying models see of a customer until the end of a day; undefined before the first purchase. */
export function historyOf(days: PurchaseDays, until: number, unit: Unit): History | undefined {
  const known = [...days.keys()].filter((day) => day <= until);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const length = units[unit];
  return { frequency: known.length - 1, recency: (last - first) / length, age: (until - first) / length };
}

/** What Gamma-Gamma is fitted on: the repeat purchases and their mean; undefined without one of a value. */
export function spendingOf(days: PurchaseDays, until: number): Spending | undefined {
  const values = [...days].flatMap(([day, value]) => (day <= until ? [value] : [])).slice(1);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean > 0 ? { purchases: values.length, mean } : undefined;
}
