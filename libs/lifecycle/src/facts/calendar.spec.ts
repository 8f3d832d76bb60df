import fc from 'fast-check';
import { calendar, isoDay, isZone } from './calendar.js';

const local = (zone: string, at: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);

test.each([
  'America/New_York',
  'UTC',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/Vienna',
])('days of %s are those of its wall calendar, also when clocks change', (zone) => {
  const days = calendar(zone);
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) }), (at) => {
      expect(isoDay(days.day(at))).toBe(local(zone, at));
    }),
    { numRuns: 300 },
  );
});

test('the hour that comes twice belongs to one day', () => {
  const days = calendar('America/New_York');
  const midnight = Date.parse('2026-11-01T04:00:00Z');
  expect(isoDay(days.day(midnight - 1))).toBe('2026-10-31');
  expect(isoDay(days.day(midnight))).toBe('2026-11-01');
  expect(isoDay(days.day(midnight + 25 * 3_600_000 - 1))).toBe('2026-11-01');
  expect(isoDay(days.day(midnight + 25 * 3_600_000))).toBe('2026-11-02');
});

test('only names of zones are zones', () => {
  expect(isZone('Europe/Vienna')).toBe(true);
  for (const none of ['Europe/Wien-West', '', 7, undefined]) expect(isZone(none)).toBe(false);
});
