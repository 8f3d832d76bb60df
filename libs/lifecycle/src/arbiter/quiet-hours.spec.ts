import fc from 'fast-check';
import { afterQuietHours } from './quiet-hours.js';

const night = { from: '20:00', to: '09:00' };
const minute = 60_000;
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
const after = (at: string, zone: string, quiet = night) => iso(afterQuietHours(Date.parse(at), quiet, zone));

/** The wall clock as Intl shows it: another way than the one under test. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function wallClock(at: number, zone: string): string {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  return clock.format(at);
}
const isQuiet = (clock: string, { from, to }: typeof night) =>
  from < to ? clock >= from && clock < to : from > to && (clock >= from || clock < to);

/** Instants from `at` until `end` that are not quiet, looked at every few minutes and just before the end. */
function loudBefore(end: number, at: number, quiet: typeof night, zone: string, minutes: number): string[] {
  const instants = end > at ? [end - 1] : [];
  for (let before = at; before < end; before += minutes * minute) instants.push(before);
  return instants.filter((instant) => !isQuiet(wallClock(instant, zone), quiet)).map(iso);
}

describe('afterQuietHours', () => {
  test.each([
    ['09:00 is no longer quiet', '2026-01-14T14:00:00Z', 'America/New_York', '2026-01-14T14:00:00Z'],
    ['19:59 is not yet quiet', '2026-01-15T00:59:59Z', 'America/New_York', '2026-01-15T00:59:59Z'],
    ['20:00 waits for the morning', '2026-01-15T01:00:00Z', 'America/New_York', '2026-01-15T14:00:00Z'],
    ['08:59 waits a minute', '2026-01-14T13:59:00Z', 'America/New_York', '2026-01-14T14:00:00Z'],
    ['north, clocks forward: 12 hours', '2026-03-08T01:00:00Z', 'America/New_York', '2026-03-08T13:00:00Z'],
    ['north, clocks back: 14 hours', '2026-11-01T00:00:00Z', 'America/New_York', '2026-11-01T14:00:00Z'],
    ['south, clocks back in April', '2026-04-04T09:00:00Z', 'Australia/Sydney', '2026-04-04T23:00:00Z'],
    ['south, clocks forward in October', '2026-10-03T10:00:00Z', 'Australia/Sydney', '2026-10-03T22:00:00Z'],
    ['half an hour of summer time', '2026-10-03T09:30:00Z', 'Australia/Lord_Howe', '2026-10-03T22:00:00Z'],
    ['an offset of 5:45', '2026-05-05T14:15:00Z', 'Asia/Kathmandu', '2026-05-06T03:15:00Z'],
    [
      'an offset of −3:30, clocks forward',
      '2026-03-07T23:30:00Z',
      'America/St_Johns',
      '2026-03-08T11:30:00Z',
    ],
    ['an offset of 12:45, clocks back', '2026-04-04T06:15:00Z', 'Pacific/Chatham', '2026-04-04T20:15:00Z'],
    ['a day that the zone skipped', '2011-12-30T06:00:00Z', 'Pacific/Apia', '2011-12-30T19:00:00Z'],
  ])('%s', (_, at, zone, expected) => {
    expect(after(at, zone)).toBe(expected);
  });

  test('ends with the jump when the clock jumps over the end', () => {
    expect(after('2026-03-08T06:00:00Z', 'America/New_York', { from: '22:00', to: '02:30' })).toBe(
      '2026-03-08T07:00:00Z',
    );
  });

  test('begins again when the clock goes back into them', () => {
    const quiet = { from: '22:00', to: '01:30' };
    expect(after('2026-11-01T05:00:00Z', 'America/New_York', quiet)).toBe('2026-11-01T05:30:00Z');
    expect(after('2026-11-01T06:10:00Z', 'America/New_York', quiet)).toBe('2026-11-01T06:30:00Z');
  });

  test('of no length never hold anything back', () => {
    expect(after('2026-01-15T01:00:00Z', 'UTC', { from: '08:00', to: '08:00' })).toBe('2026-01-15T01:00:00Z');
  });

  const zones = fc.constantFrom(
    'America/New_York', 'Europe/Vienna', 'Australia/Sydney', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham',
    'America/St_Johns', 'America/Santiago', 'Africa/Casablanca', 'Pacific/Apia', 'Asia/Kolkata', 'Antarctica/Troll',
    'Africa/Cairo', 'America/Sao_Paulo', 'Asia/Tehran', 'UTC',
  ); // prettier-ignore
  const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const [hours, minutes] = [Math.floor(quarter / 4), (quarter % 4) * 15];
    return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  });
  const year2000 = Date.parse('2000-01-01T00:00:00Z');
  const instant = fc
    .integer({ min: 0, max: 30 * 365 * 24 * 60 })
    .map((minutes) => year2000 + minutes * minute);

  test('is the first instant that the wall clock shows outside of them, in any zone at any time', () => {
    fc.assert(
      fc.property(zones, instant, clock, clock, (zone, at, from, to) => {
        const quiet = { from, to };
        const end = afterQuietHours(at, quiet, zone);
        expect(end).toBeGreaterThanOrEqual(at);
        expect(isQuiet(wallClock(end, zone), quiet)).toBe(false);
        expect(loudBefore(end, at, quiet, zone, 15)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['America/New_York', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01T06:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['Pacific/Chatham', '2026-09-26T14:00:00Z'],
    ['America/Santiago', '2026-09-06T04:00:00Z'],
    ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ])('holds around the change of clocks in %s at %s', (zone, change) => {
    fc.assert(
      fc.property(fc.integer({ min: -30 * 60, max: 30 * 60 }), clock, clock, (minutes, from, to) => {
        const at = Date.parse(change) + minutes * minute;
        const end = afterQuietHours(at, { from, to }, zone);
        expect(isQuiet(wallClock(end, zone), { from, to })).toBe(false);
        expect(loudBefore(end, at, { from, to }, zone, 5)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
