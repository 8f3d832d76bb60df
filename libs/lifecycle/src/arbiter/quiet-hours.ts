import type { ContactPolicy } from './policy.js';
import { clockChange, zoneOffset } from './zone.js';

const minute = 60_000;
const day = 86_400_000;

/**
 * The first instant, at or after `at` (ms), that is outside the quiet hours by the clock on the wall in `zone`. The night
 * in which clocks change is walked to the change and looked at again from there.
 */
export function afterQuietHours(at: number, quiet: ContactPolicy['quietHours'], zone: string): number {
  const from = minutes(quiet.from);
  const to = minutes(quiet.to);
  if (from === to) return at;
  const offset = zoneOffset(zone, at);
  const timeOfDay = (((at + offset) % day) + day) % day;
  const sinceFrom = (timeOfDay - from * minute + day) % day;
  const length = (to * minute - from * minute + day) % day;
  if (sinceFrom >= length) return at;
  const end = at + length - sinceFrom;
  if (zoneOffset(zone, end) === offset) return end;
  return afterQuietHours(clockChange(zone, at, end), quiet, zone);
}

const read = new Map<string, number>();

function minutes(clock: string): number {
  let known = read.get(clock);
  if (known === undefined) {
    known = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
    read.set(clock, known);
  }
  return known;
}
