/** How a customer's purchases follow each other. Gaps are in days between purchase days. */
export interface Rhythm {
  readonly gaps: number;
  /** Undefined without a repeat. */
  readonly mean?: number;
}

/** Of the purchase days `days` (ascending) from `since` on. */
export function rhythmOf(days: readonly number[], since: number): Rhythm {
  const from = firstFrom(days, since);
  const gaps = days.length - from - 1;
  return gaps < 1 ? { gaps: 0 } : { gaps, mean: (days.at(-1)! - days[from]!) / gaps };
}

/** Standard deviation of the gaps, of the sample; undefined below two gaps. */
export function deviationOf(days: readonly number[], since: number): number | undefined {
  const { gaps, mean = 0 } = rhythmOf(days, since);
  if (gaps < 2) return undefined;
  let squares = 0;
  for (let i = days.length - gaps; i < days.length; i++) squares += (days[i]! - days[i - 1]! - mean) ** 2;
  return Math.sqrt(squares / (gaps - 1));
}

/** How many of the days (ascending) lie before `since`. */
export function firstFrom(days: readonly number[], since: number): number {
  let [from, to] = [0, days.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (days[middle]! < since) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** As many gaps as the trade's usual one weighs against the customer's own. */
const priorWeight = 3;

/** Mean gap, shrunk towards the trade's `cycle`: without a repeat it is the cycle. */
export function usualGap({ gaps, mean }: Rhythm, cycle: number): number {
  return (priorWeight * cycle + gaps * (mean ?? 0)) / (priorWeight + gaps);
}

/** The gap that an exponential distribution of this mean exceeds once in a hundred times. */
const ninetyNine = Math.log(100);

/** Silence in days beyond which a customer of this usual gap is overdue. */
export const overdueAfter = (usual: number, floor: number): number => Math.max(floor, usual * ninetyNine);
