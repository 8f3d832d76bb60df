import type { DataOf } from '#contracts';
import { own } from '../../own.js';
import type { LoyaltySettings } from './settings.js';

export type Order = DataOf<'order.completed.v1'>;
type Line = Order['products'][number];

/**
 * Whole points for `paid` units of the order's currency: times the currency's points for a unit, the tier's multiplier and
 * the mean of the categories' multipliers, each line weighing as much as it cost. Begun points are dropped.
 */
export function pointsFor(
  { currency, products }: Order,
  paid: number,
  multiplier: number,
  { pointsPerUnit, pointsPerUnitElse, categories }: LoyaltySettings,
): number {
  const unit = pointsPerUnit[currency] ?? pointsPerUnitElse;
  const exact = Math.round(paid * 1000) * unit * multiplier * weightOf(products, categories);
  // Products of decimal fractions fall short of whole points by rounding only.
  return Math.floor(exact / 1000 + 1e-6);
}

function weightOf(products: readonly Line[], categories: LoyaltySettings['categories']): number {
  let value = 0;
  let weighed = 0;
  for (const line of products) {
    const cost = costOf(line);
    value += cost;
    weighed += cost * ((line.category === undefined ? undefined : own(categories, line.category)) ?? 1);
  }
  return value === 0 ? 1 : weighed / value;
}

export const costOf = ({ price, quantity }: Line): number => price * quantity;
