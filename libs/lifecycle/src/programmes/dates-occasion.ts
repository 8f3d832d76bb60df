import type { Moment } from '../programme.js';
import { atLocalTime, localDay, timeOfDay, zoneOf } from './local-time.js';
import { numberFact } from './reading.js';

const hour = 3_600_000;

export type OccasionName = 'birthday' | 'anniversary';

/** A day that comes back every year, from `since` (a year) on; unknown where that is open. */
export interface Yearly {
  readonly month: number;
  readonly day: number;
  readonly since?: number;
}

/** When it was last taken up: the year of the occasion, and the moment, ms. */
export type TakenUp = readonly [year: number, at: number];

export interface Occasion {
  readonly year: number;
  /** The customer's morning of that day, ms. */
  readonly at: number;
}

/** Zones lie up to 26 hours apart: who moves east on the day still has it, so long after its morning there. */
export const grace = 26 * hour;

/** Whoever changes the day does not get it twice within half a year. */
const apart = 183 * 24 * hour;

/** The day of the year, as the facts now have it; undefined where nothing is known. */
export function yearlyOf(name: OccasionName, moment: Moment): Yearly | undefined {
  if (name === 'birthday') {
    const born = moment.fact('birthday');
    if (typeof born !== 'string') return undefined;
    return { month: Number(born.slice(-5, -3)), day: Number(born.slice(-2)) };
  }
  const first = numberFact(moment, 'firstPurchaseAt');
  if (first === undefined) return undefined;
  const { year, month, day } = localDay(first, zoneOf(moment));
  return { month, day, since: year + 1 };
}

/**
 * The first occasion whose morning is not before `earliest` (ms), of a year that was not taken up. The 29th of February
 * is kept on the 28th in common years.
 */
export function nextOccasion(
  { month, day, since = 0 }: Yearly,
  takenUp: TakenUp | undefined,
  earliest: number,
  morning: string,
  zone: string,
): Occasion {
  const [lastYear, lastAt] = takenUp ?? [0, -Infinity];
  let year = Math.max(since, lastYear + 1, localDay(earliest, zone).year);
  for (; ; year++) {
    const date = { year, month, day: month === 2 && day === 29 && !isLeap(year) ? 28 : day };
    const at = atLocalTime(date, timeOfDay(morning), zone);
    if (at >= earliest && at >= lastAt + apart) return { year, at };
  }
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
