import fc from 'fast-check';
import { parseTime } from './timestamp.js';

const two = (value: number) => String(value).padStart(2, '0');
const zones = fc.oneof(
  fc.constant('Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`),
);

describe('parseTime', () => {
  it('agrees with Date.parse on every day, millisecond and zone', () => {
    const days = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, zones, (day, zone) => {
        const text = day.toISOString().slice(0, 23) + zone;
        expect(parseTime(text)).toBe(Date.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never takes text that is not RFC 3339 with a zone', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9TZ:.+-]{10,30}$/)), (text) => {
        const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
        return rfc3339.test(text) || Number.isNaN(parseTime(text));
      }),
    );
  });

  it.each([
    ['2026-03-09T08:00:00z', '2026-03-09T08:00:00.000Z'],
    ['2026-03-09t08:00:00.5Z', '2026-03-09T08:00:00.500Z'],
    ['2026-03-09T08:00:00.123999+01:30', '2026-03-09T06:30:00.123Z'],
    ['2024-02-29T23:59:59-00:00', '2024-02-29T23:59:59.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parseTime(text)).toISOString()).toBe(iso);
  });

  it.each([
    '2026-03-09T08:00:00',
    '2026-03-09',
    '2026-03-09T08:00Z',
    '2026-03-09 08:00:00Z',
    '2026-13-09T08:00:00Z',
    '2026-00-09T08:00:00Z',
    '2025-02-29T08:00:00Z',
    '1900-02-29T08:00:00Z',
    '2026-04-31T08:00:00Z',
    '2026-03-09T24:00:00Z',
    '2026-03-09T08:60:00Z',
    '2026-03-09T08:00:61Z',
    '2026-03-09T08:00:00.Z',
    '2026-03-09T08:00:00+0100',
    '2026-03-09T08:00:00+24:00',
    '2026-03-09T08:00:00+01:60',
    '2026-03-09T08:00:00Z ',
    '+002026-03-09T08:00:00Z',
    '1772928000000',
  ])('refuses %s', (text) => {
    expect(parseTime(text)).toBeNaN();
  });
});
