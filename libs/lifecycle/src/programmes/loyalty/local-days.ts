import { calendar, day } from '../../facts/calendar.js';

/** Days and months in one zone. A day is numbered from 1970-01-01, a month from January 1970; moments are ms. */
export interface LocalDays {
  /** The first moment of a day at or after `at`. */
  nextStart(at: number): number;
  monthOf(at: number): number;
  /** The first moment of a month. */
  monthStart(month: number): number;
}

const zones = new Map<string, LocalDays>();

export function localDays(zone: string): LocalDays {
  let known = zones.get(zone);
  if (!known) zones.set(zone, (known = daysIn(zone)));
  return known;
}

function daysIn(zone: string): LocalDays {
  const days = calendar(zone);
  const dayOf = (at: number) => days.day(at);
  const starts = new Map<number, number>();
  const start = (number: number): number => {
    let known = starts.get(number);
    if (known === undefined) starts.set(number, (known = startOf(number, dayOf)));
    return known;
  };
  return {
    nextStart: (at) => start(dayOf(at - 1) + 1),
    monthOf(at) {
      const date = new Date(dayOf(at) * day);
      return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    },
    monthStart: (month) => start(Date.UTC(1970, month, 1) / day),
  };
}

/** Halves the span in which a day may begin anywhere on Earth. Right too where clocks change at midnight. */
function startOf(number: number, dayOf: (at: number) => number): number {
  let before = (number - 1) * day;
  let within = (number + 1) * day;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(middle) < number) before = middle;
    else within = middle;
  }
  return within;
}
