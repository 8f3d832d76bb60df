/** How a customer's purchases follow each other. Gaps are in days between purchase days. */
export interface Rhythm {
  readonly gaps: number;
  readonly mean?: number;
  /** Of the sample; undefined below two gaps. */
  readonly deviation?: number;
}

/** Of the purchase days `days` (ascending) from `since` on. */
export function rhythmOf(days: readonly number[], since: number): Rhythm {
  let from = days.length;
  while (from > 0 && days[from - 1]! >= since) from--;
  const gaps = days.length - from - 1;
  if (gaps < 1) return { gaps: 0 };
  const mean = (days.at(-1)! - days[from]!) / gaps;
  if (gaps < 2) return { gaps, mean };
  let squares = 0;
  for (let i = from + 1; i < days.length; i++) squares += (days[i]! - days[i - 1]! - mean) ** 2;
  return { gaps, mean, deviation: Math.sqrt(squares / (gaps - 1)) };
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
