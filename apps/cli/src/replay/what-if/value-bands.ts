import { quantile } from './quantile.js';

export interface ValueBand {
  readonly to: number;
  readonly words: string;
}

/** Quarters of the customers by value, each with its greatest; those that would be empty are left out. */
export function valueBands(customers: readonly { readonly value: number }[]): readonly ValueBand[] {
  const sorted = customers.map(({ value }) => value).sort((a, b) => a - b);
  const ends = [...new Set([0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share)))];
  return ends.map((to, i) => {
    const from = i === 0 ? undefined : ends[i - 1];
    return { to, words: from === undefined ? `up to ${to}` : `over ${from} to ${to}` };
  });
}
