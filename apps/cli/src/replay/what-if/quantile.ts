/** Of ascending numbers, the least that so great a share of them does not pass; 0 where there are none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
