import { calendar, day } from '../../facts/calendar.js';

/** Days and months in one zone. A day is numbered from 1970-01-01, a month from January 1970; moments are ms. */
export interface LocalDays {
  /** The first moment of a day at or after `at`. */
  readonly nextStart: (at: number) => number;
  /** The first moment of a Monday at or after `at`. */
  readonly nextMonday: (at: number) => number;
  readonly monthOf: (at: number) => number;
  /** The first moment of a month. */
  readonly monthStart: (month: number) => number;
  /** The same in ISO 8601. */
  readonly monthStartIso: (month: number) => string;
}

/** 1970-01-05. */
const monday = 4;

const zones = new Map<string, LocalDays>();

export function localDays(zone: string): LocalDays {
  let known = zones.get(zone);
  if (!known) zones.set(zone, (known = daysIn(zone)));
  return known;
}

function daysIn(zone: string): LocalDays {
  const days = calendar(zone);
  const dayOf = (at: number) => days.day(at);
  const startOfDay = remembered((number) => startOf(number, dayOf));
  const monthOfDay = remembered((number) => {
    const date = new Date(number * day);
    return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  });
  const startOfMonth = remembered((month) => startOfDay(Date.UTC(1970, month, 1) / day));
  return {
    nextStart: (at) => startOfDay(dayOf(at - 1) + 1),
    nextMonday(at) {
      const next = dayOf(at - 1) + 1;
      return startOfDay(next + ((((monday - next) % 7) + 7) % 7));
    },
    monthOf: (at) => monthOfDay(dayOf(at)),
    monthStart: startOfMonth,
    monthStartIso: remembered((month) => new Date(startOfMonth(month)).toISOString()),
  };
}

function remembered<Found>(work: (number: number) => Found): (number: number) => Found {
  const known = new Map<number, Found>();
  return (number) => {
    let found = known.get(number);
    if (found === undefined) known.set(number, (found = work(number)));
    return found;
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
