import type { FactName } from '#contracts';
import { readers, type Reading } from '../facts/read.js';

/** A length in days: plainly, in cycles of the trade, or as a multiple of a fact in days; kept between two bounds. */
export type Duration =
  | number
  | { readonly cycles: number; readonly atLeast?: number; readonly atMost?: number }
  | { readonly fact: FactName; readonly times?: number; readonly atLeast?: number; readonly atMost?: number };

/** Days of a duration that needs no fact. */
export function fixedDays(duration: Exclude<Duration, { readonly fact: FactName }>, cycle: number): number {
  return typeof duration === 'number' ? duration : clamp(duration.cycles * cycle, duration);
}

/** Days at one moment; undefined where its fact is unknown. */
export function daysOf(duration: Duration, cycle: number): (reading: Reading) => number | undefined {
  if (typeof duration === 'number' || 'cycles' in duration) {
    const days = fixedDays(duration, cycle);
    return () => days;
  }
  const { fact, times = 1 } = duration;
  return (reading) => {
    const value = readers[fact](reading);
    return typeof value === 'number' ? clamp(value * times, duration) : undefined;
  };
}

function clamp(days: number, bounds: { readonly atLeast?: number; readonly atMost?: number }): number {
  return Math.min(bounds.atMost ?? Infinity, Math.max(bounds.atLeast ?? 0, days));
}
