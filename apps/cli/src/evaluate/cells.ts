import { bootstrap, type Estimate } from '#analysis';
import type { AtCut } from './at-cut.js';

/** Customers who stood alike at the cut, and what came after it. */
export interface Cell {
  readonly name: string;
  readonly customers: number;
  /** Share (0 to 1) who bought again. */
  readonly repeatRate: Estimate;
  /** Mean spend of a customer. */
  readonly spend: Estimate;
  /** The repeat rate as a multiple of that of all. */
  readonly lift: Estimate;
}

/** One cell for each name that any customer has, in the order of `names`; customers without a name are in none. */
export function cellsOf(
  rows: readonly AtCut[],
  names: readonly string[],
  nameOf: (row: AtCut) => string | undefined,
): readonly Cell[] {
  const place = Int32Array.from(rows, (row) => names.indexOf(nameOf(row) ?? ''));
  const all = names.length;
  const [counts, bought, spent] = [
    new Float64Array(all + 1),
    new Float64Array(all + 1),
    new Float64Array(all + 1),
  ];
  const add = (cell: number, { purchases, spend }: AtCut, weight: number) => {
    counts[cell]! += weight;
    if (purchases > 0) bought[cell]! += weight;
    spent[cell]! += weight * spend;
  };
  const estimates = bootstrap(rows.length, (weights) => {
    for (const sums of [counts, bought, spent]) sums.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const weight = weights ? weights[i]! : 1;
      if (weight === 0) continue;
      if (place[i]! >= 0) add(place[i]!, rows[i]!, weight);
      add(all, rows[i]!, weight);
    }
    const overall = bought[all]! / counts[all]!;
    const found: Record<string, number> = {};
    for (let cell = 0; cell < all; cell++) {
      const rate = bought[cell]! / counts[cell]!;
      found[`${cell} rate`] = rate;
      found[`${cell} spend`] = spent[cell]! / counts[cell]!;
      found[`${cell} lift`] = rate / overall;
    }
    return found;
  });
  return names.flatMap((name, cell) => {
    const customers = place.filter((it) => it === cell).length;
    if (customers === 0) return [];
    const of = (what: string) => estimates[`${cell} ${what}`]!;
    return [{ name, customers, repeatRate: of('rate'), spend: of('spend'), lift: of('lift') }];
  });
}
