import { TZDate } from '@date-fns/tz';
import { InvalidArgumentError } from 'commander';

/** A day that an option names, as the number of days since 1970-01-01. @throws InvalidArgumentError. */
export function dayOf(text: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || isoDay(at / day) !== text) throw new InvalidArgumentError('expected YYYY-MM-DD.');
  return at / day;
}

const day = 86_400_000;

/** `YYYY-MM-DD` of a day's number. */
export const isoDay = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

/** The last ms of a day in a zone. */
export function endOfDay(number: number, zone: string): number {
  const date = new Date((number + 1) * day);
  return new TZDate(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), zone).getTime() - 1;
}
