import { TZDate } from '@date-fns/tz';

/** Noon of a day (`yyyy-mm-dd` or `yyyymmdd`) in an IANA zone, in ms; undefined when there is no such day. */
export function noonOf(day: string, zone: string): number | undefined {
  const key = `${zone} ${day}`;
  if (!known.has(key)) {
    if (known.size >= mostKnown) known.clear();
    known.set(key, computed(day, zone));
  }
  return known.get(key);
}

/** Files name the same few days again and again, and a zone's rules are slow to ask. */
const known = new Map<string, number | undefined>();
const mostKnown = 10_000;

function computed(day: string, zone: string): number | undefined {
  const [, year, month, date] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(day) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const noon = new TZDate(Number(year), Number(month) - 1, Number(date), 12, zone);
  return noon.getMonth() === Number(month) - 1 && noon.getDate() === Number(date)
    ? noon.getTime()
    : undefined;
}
