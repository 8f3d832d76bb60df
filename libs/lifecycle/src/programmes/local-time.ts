import { clockChange, knownZone, zoneOffset } from '../arbiter/zone.js';
import type { Moment } from '../programme.js';

const day = 86_400_000;

/** A day of the calendar; `month` from 1. */
export interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The customer's own zone where it is known, else the definition's. */
export function zoneOf({ fact, zone }: Moment): string {
  return knownZone(fact('timeZone')) ?? zone;
}

/** The day that the calendar shows in a zone at an instant (ms). */
export function localDay(at: number, zone: string): LocalDay {
  const wall = new Date(at + zoneOffset(zone, at));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/**
 * The instant (ms) at which clocks in the zone show a time of day, in ms since midnight. Where they show it twice, the
 * first; where they skip it, the moment to which they jump.
 */
export function atLocalTime({ year, month, day: date }: LocalDay, timeOfDay: number, zone: string): number {
  const wall = Date.UTC(year, month - 1, date) + timeOfDay;
  const [before, after] = [zoneOffset(zone, wall - day), zoneOffset(zone, wall + day)];
  for (const offset of [before, after]) if (zoneOffset(zone, wall - offset) === offset) return wall - offset;
  return clockChange(zone, wall - after, wall - before);
}

/** `09:30` in ms since midnight. */
export function timeOfDay(clock: string): number {
  return (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * 60_000;
}
