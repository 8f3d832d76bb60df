import fc from 'fast-check';
import { zoneOffset } from '../arbiter/zone.js';
import { atLocalTime, localDay, timeOfDay } from './local-time.js';

const nine = timeOfDay('09:00');
const iso = (at: number) => new Date(at).toISOString();
const on = (date: string, clock: string, zone: string) => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return iso(atLocalTime({ year, month, day }, timeOfDay(clock), zone));
};

describe('an instant by the clock on the wall', () => {
  test.each([
    ['in winter', '2026-01-05', '09:00', 'Europe/Vienna', '2026-01-05T08:00:00.000Z'],
    ['in summer', '2026-07-05', '09:00', 'Europe/Vienna', '2026-07-05T07:00:00.000Z'],
    ['on the day before', '2026-03-08', '09:00', 'Pacific/Kiritimati', '2026-03-07T19:00:00.000Z'],
    ['that is skipped in spring', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['that comes twice in autumn', '2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['that is skipped at midnight', '2026-09-06', '00:00', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['by half an hour', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    ['of a day that never was', '2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s', (_, date, clock, zone, expected) => {
    expect(on(date, clock, zone)).toBe(expected);
  });

  test('is nine in the morning of that very day, wherever nine is not skipped', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 2000, max: 2040 }),
        fc.integer({ min: 0, max: 365 }),
        (zone, year, n) => {
          const date = localDay(Date.UTC(year, 0, 1 + n), 'UTC');
          // The day that Samoa and Tokelau left out.
          if (date.year === 2011 && date.month === 12 && date.day === 30) return;
          const at = atLocalTime(date, nine, zone);
          expect((at + zoneOffset(zone, at)) % 86_400_000).toBe(nine);
          expect(localDay(at, zone)).toEqual(date);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
