const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : -100_000;
};
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);
const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (monthDays[month - 1] ?? 0);

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999: the calendar repeats after 400 years, so count from there. */
const CYCLE_MS = 146_097 * 86_400_000;

const DASH = 0x2d;
const COLON = 0x3a;
const PLUS = 0x2b;
const DOT = 0x2e;
/** A letter's code in lower case. */
const lower = (text: string, at: number): number => text.charCodeAt(at) | 0x20;
const isT = (code: number): boolean => code === 0x74;
const isZ = (code: number): boolean => code === 0x7a;

/** Zone offset in minutes of the zone that begins at `at` and ends the text, else NaN. */
function zoneMinutes(text: string, at: number): number {
  if (isZ(lower(text, at))) return text.length === at + 1 ? 0 : NaN;
  const sign = text.charCodeAt(at);
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)
    return NaN;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!within(hours, 0, 23) || !within(minutes, 0, 59)) return NaN;
  return (hours * 60 + minutes) * (sign === DASH ? -1 : 1);
}

const punctuated = (text: string): boolean =>
  text.charCodeAt(4) === DASH &&
  text.charCodeAt(7) === DASH &&
  isT(lower(text, 10)) &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON;

/**
 * Reads an RFC 3339 date-time with its zone; a leap second counts as the second after it, digits past milliseconds
 * are cut. Returns ms since the epoch, or NaN for anything else, days that do not exist included.
 */
export function parseTime(text: string): number {
  if (text.length < 20 || !punctuated(text)) return NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (!within(year, 0, 9999) || !within(month, 1, 12) || !within(day, 1, daysIn(year, month))) return NaN;
  if (!within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 60)) return NaN;

  let at = 19;
  let milliseconds = 0;
  if (text.charCodeAt(at) === DOT) {
    let weight = 100;
    for (at = 20; digit(text, at) >= 0; at++) {
      milliseconds += Math.floor(digit(text, at) * weight);
      weight = Math.floor(weight / 10);
    }
    if (at === 20) return NaN;
  }
  const offset = zoneMinutes(text, at);
  return (
    Date.UTC(year + 400, month - 1, day, hour, minute, second, milliseconds) - CYCLE_MS - offset * 60_000
  );
}
