import type { InputEvent, KnownInputEvent } from '#contracts';
import { Failure } from '../failure.js';
import type { CustomerSource } from './customers.js';

/** Orders by currency (ISO 4217). */
export type OrderCurrencies = Map<string, number>;

export function noteCurrencies(seen: OrderCurrencies, events: readonly InputEvent[]): void {
  for (const event of events as readonly KnownInputEvent[])
    if (event.type === 'order.completed.v1')
      seen.set(event.data.currency, (seen.get(event.data.currency) ?? 0) + 1);
}

/** Reads a source for its currencies alone. */
export async function currenciesIn(source: CustomerSource): Promise<OrderCurrencies> {
  const seen: OrderCurrencies = new Map();
  for await (const { events } of source.read()) noteCurrencies(seen, events);
  return seen;
}

/** In which currency what customers spent is told: the only one, else that of the definition's costs. @throws Failure likewise */
export const toldCurrency = (seen: OrderCurrencies, stated: string | undefined): string | undefined =>
  seen.size === 1 ? [...seen.keys()][0] : spendCurrency(seen, stated);

/**
 * In which currency spend is added up: the one of the definition's costs, else the only one. Different ones are never added.
 * @throws Failure where that is not known
 */
export function spendCurrency(seen: OrderCurrencies, stated: string | undefined): string | undefined {
  const known = [...seen.keys()].sort();
  if (stated !== undefined || known.length < 2) return stated ?? known[0];
  throw new Failure(
    `the orders are in ${known.join(', ')}, which cannot be added up: name the one to reckon in as costs.currency of the definition`,
  );
}

/** The events without orders in other currencies. */
export const ordersIn = (currency: string, events: readonly InputEvent[]): readonly InputEvent[] =>
  (events as readonly KnownInputEvent[]).filter(
    (event) => event.type !== 'order.completed.v1' || event.data.currency === currency,
  );

/** How many orders were in another one. */
export const foreignOrders = (seen: OrderCurrencies, currency: string | undefined): number =>
  [...seen].reduce((sum, [each, count]) => sum + (each === currency ? 0 : count), 0);

/** For people; undefined where there is nothing to say. */
export const foreignNote = (count: number, currency = ''): string | undefined =>
  count === 0
    ? undefined
    : `Orders in another currency than ${currency}: ${count.toLocaleString('en')}. They count as purchases, and nothing towards spend.`;
