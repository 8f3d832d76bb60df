import Format from 'typebox/format';

/** Name of an IANA time zone, such as `Europe/Vienna`. */
export const timeZoneFormat = 'iana-time-zone';
/** `YYYY-MM-DD`, or `--MM-DD` where the year is not known. */
export const birthdayFormat = 'birthday';

const zones = new Map<string, boolean>();
const knownZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const isTimeZone = (name: string): boolean => {
  let known = zones.get(name);
  if (known === undefined) {
    known = knownZone(name);
    if (zones.size < 1_000) zones.set(name, known);
  }
  return known;
};

// A yearless day is checked against a leap year, so that --02-29 is one.
const isBirthday = (day: string): boolean =>
  Format.Test('date', day.startsWith('--') ? `2024-${day.slice(2)}` : day);

Format.Set(timeZoneFormat, isTimeZone);
Format.Set(birthdayFormat, isBirthday);
