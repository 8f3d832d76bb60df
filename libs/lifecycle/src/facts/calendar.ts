import { tzOffset } from '@date-fns/tz';

const minute = 60_000;
export const day = 86_400_000;

/** Counts days in one time zone. */
export interface Calendar {
  readonly zone: string;
  /** The local day on which `at` (ms) falls, in days since 1970-01-01. */
  day(at: number): number;
}

/** Offsets are asked once for each day (UTC); only on the days when clocks change is the moment itself asked. */
export function calendar(zone: string): Calendar {
  const offsets = new Map<number, number>();
  let lastDay = NaN;
  let lastOffset = NaN;
  const offset = (at: number) => tzOffset(zone, new Date(at)) * minute;
  const offsetOfDay = (utcDay: number): number => {
    const [from, to] = [offset(utcDay * day), offset((utcDay + 1) * day)];
    return from === to ? from : NaN;
  };
  return {
    zone,
    day(at) {
      const utcDay = Math.floor(at / day);
      if (utcDay !== lastDay) {
        let known = offsets.get(utcDay);
        if (known === undefined) {
          known = offsetOfDay(utcDay);
          offsets.set(utcDay, known);
        }
        lastDay = utcDay;
        lastOffset = known;
      }
      return Math.floor((at + (Number.isNaN(lastOffset) ? offset(at) : lastOffset)) / day);
    },
  };
}

export const isZone = (zone: unknown): zone is string =>
  typeof zone === 'string' && zone !== '' && !Number.isNaN(tzOffset(zone, new Date(0)));

/** `YYYY-MM-DD` of a day number. */
export const isoDay = (dayNumber: number): string => new Date(dayNumber * day).toISOString().slice(0, 10);
