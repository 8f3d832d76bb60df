import { expectedPurchases, type BuyingParameters } from '#analysis';
import { units, type Unit } from '../fit/purchases.js';
import type { AtCut, Period } from './at-cut.js';

/** Repeat purchases of all customers together until the end of a day: as the model has it, and as they were. */
export interface Tracked {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly expected: number;
  readonly actual: number;
}

/**
 * Week by week from the first purchase of any: the cumulative figure of Fader, Hardie and Lee (2005), figure 2. The model knows of
 * each customer the first purchase alone.
 */
export function tracking(
  rows: readonly Pick<AtCut, 'days'>[],
  parameters: BuyingParameters,
  { until, unit }: Period & { readonly unit: Unit },
): readonly Tracked[] {
  const begun = new Map<number, number>();
  const repeats: number[] = [];
  for (const { days } of rows) {
    const [first = 0, ...others] = days.keys();
    begun.set(first, (begun.get(first) ?? 0) + 1);
    repeats.push(...others);
  }
  repeats.sort((a, b) => a - b);
  const fresh = { frequency: 0, recency: 0, age: 0 };
  const first = Math.min(...begun.keys());
  const weeks = Math.ceil((until - first) / 7);
  let actual = 0;
  return Array.from({ length: weeks }, (_, week) => {
    const day = Math.min(until, first + 7 * (week + 1));
    while (actual < repeats.length && repeats[actual]! <= day) actual++;
    let expected = 0;
    for (const [begin, count] of begun)
      if (begin < day) expected += count * expectedPurchases(parameters, fresh, (day - begin) / units[unit]);
    return { day, expected, actual };
  });
}

/** Purchases after the cut of those who had made so many repeat purchases by then; the last row holds all with more. */
export interface ByFrequency {
  readonly frequency: string;
  readonly customers: number;
  /** Mean of a customer. */
  readonly expected: number;
  readonly actual: number;
}

const most = 7;

/** Fader, Hardie and Lee (2005), figure 4. */
export function byFrequency(
  rows: readonly AtCut[],
  parameters: BuyingParameters,
  span: number,
): readonly ByFrequency[] {
  return Array.from({ length: most + 1 }, (_, frequency) => {
    const own = rows.filter(({ history }) => Math.min(most, history.frequency) === frequency);
    const mean = (of: (row: AtCut) => number) => own.reduce((sum, row) => sum + of(row), 0) / own.length;
    return {
      frequency: frequency === most ? `${most} and more` : `${frequency}`,
      customers: own.length,
      expected: mean(({ history }) => expectedPurchases(parameters, history, span)),
      actual: mean(({ purchases }) => purchases),
    };
  }).filter(({ customers }) => customers > 0);
}
