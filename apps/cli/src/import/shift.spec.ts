import fc from 'fast-check';
import { shiftTarget, wholeWeeks } from './shift.js';

const week = 7 * 24 * 3_600_000;
const time = fc.integer({ min: 0, max: 4e12 });

describe('shifting a data set', () => {
  it('moves by whole weeks and ends within the week before the target', () => {
    fc.assert(
      fc.property(time, time, (end, target) => {
        const shift = wholeWeeks(end, target);
        expect(shift % week).toBe(shift < 0 ? -0 : 0);
        expect(end + shift).toBeLessThanOrEqual(target);
        expect(end + shift).toBeGreaterThan(target - week);
      }),
    );
  });

  it('takes now or a date, and names what else is not allowed', () => {
    expect(shiftTarget('now', 17)).toBe(17);
    expect(shiftTarget('2026-03-01T00:00:00Z', 17)).toBe(Date.UTC(2026, 2, 1));
    expect(() => shiftTarget('tomorrow', 17)).toThrow("--shift-to: 'tomorrow' is not allowed");
  });
});
