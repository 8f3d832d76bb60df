import fc from 'fast-check';
import { formatTime } from './format-time.js';

describe('formatTime', () => {
  it('writes every time as toISOString does', () => {
    const time = fc.oneof(
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
      fc.integer({ min: Date.UTC(1990), max: Date.UTC(2040) }),
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
    );
    fc.assert(fc.property(time, (ms) => expect(formatTime(ms)).toBe(new Date(ms).toISOString())));
  });

  it('refuses what is no time', () => {
    for (const ms of [NaN, Infinity, 8.64e15 + 1]) expect(() => formatTime(ms)).toThrow(RangeError);
  });
});
