/** What is told of many numbers: how many, the middle, what 95 of 100 stay within, the most. */
export interface Figures {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** Nearest-rank quantiles; undefined of nothing. */
export function figuresOf(numbers: readonly number[]): Figures | undefined {
  const sorted = Float64Array.from(numbers).sort();
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [median, p95, most] = [rank(0.5), rank(0.95), sorted.at(-1)];
  if (median === undefined || p95 === undefined || most === undefined) return undefined;
  return { count: sorted.length, median, p95, most };
}
