import { tzOffset } from '@date-fns/tz';

const minute = 60_000;
const day = 86_400_000;
/** Offsets in minutes of whole UTC days, by zone and the day's start; one with a change of clocks is worked out each time. */
const days = new Map<string, Map<number, number>>();
let cached = 0;
const zones = new Map<string, string | null>();
const mostCached = 20_000;

/** The canonical name of an IANA zone, or undefined where it is none. */
export function knownZone(zone: unknown): string | undefined {
  if (typeof zone !== 'string') return undefined;
  let known = zones.get(zone);
  if (known === undefined) {
    known = canonical(zone);
    if (zones.size >= mostCached) zones.clear();
    zones.set(zone, known);
  }
  return known ?? undefined;
}

function canonical(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Local time minus UTC in ms, at an instant in ms. The zone is known. */
export function zoneOffset(zone: string, at: number): number {
  const start = Math.floor(at / day) * day;
  const known = days.get(zone)?.get(start);
  if (known !== undefined) return known * minute;
  const offset = tzOffset(zone, new Date(start));
  if (tzOffset(zone, new Date(start + day)) !== offset) return tzOffset(zone, new Date(at)) * minute;
  remember(zone, start, offset);
  return offset * minute;
}

function remember(zone: string, start: number, offset: number): void {
  if (cached++ >= mostCached) {
    days.clear();
    cached = 1;
  }
  const known = days.get(zone);
  if (known) known.set(start, offset);
  else days.set(zone, new Map([[start, offset]]));
}

/** The first instant in (from, to] at which the zone's offset is no longer what it is at `from`. They differ at `to`. */
export function clockChange(zone: string, from: number, to: number): number {
  const before = zoneOffset(zone, from);
  let same = from;
  let changed = to;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (zoneOffset(zone, middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}
