import { logAddExp, logBeta, logGamma } from './log-gamma.js';

describe('the logarithm of the gamma function', () => {
  test.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [10, Math.log(362_880)],
    // 1000! by its exact logarithm (OEIS A000142; Stirling to 15 digits).
    [1001, 5912.128178488163],
    [0.001, 6.907178885383853],
  ])('of %d', (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 11);
  });

  test('keeps to its recurrence from the smallest to the largest', () => {
    for (const x of [1e-6, 0.243, 3.7, 9.99, 10, 51.5, 5_000, 1e6])
      expect((logGamma(x + 1) - logGamma(x)) / (Math.log(x) || 1)).toBeCloseTo(1, 6);
  });
});

test('beta is symmetric, and of whole numbers a fraction', () => {
  expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
  expect(logBeta(0.8, 2.4)).toBe(logBeta(2.4, 0.8));
});

test('sums of exponentials neither overflow nor vanish', () => {
  expect(logAddExp(0, 0)).toBeCloseTo(Math.log(2), 15);
  expect(logAddExp(5_000, 5_000)).toBeCloseTo(5_000 + Math.log(2), 9);
  expect(logAddExp(-5_000, -Infinity)).toBe(-5_000);
  expect(logAddExp(-1e5, 3)).toBe(3);
});
