import { minimise } from './minimise.js';

test('finds the bottom of a curved valley', () => {
  const rosenbrock = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  const { at, value, converged } = minimise(rosenbrock, [-1.2, 1]);
  expect(converged).toBe(true);
  expect(value).toBeLessThan(1e-8);
  for (const x of at) expect(x).toBeCloseTo(1, 3);
});

test('finds the least of four variables of different scales', () => {
  const target = [3, -2, 0.5, 7];
  const bowl = (at: readonly number[]) => at.reduce((sum, x, i) => sum + 10 ** i * (x - target[i]!) ** 2, 0);
  const { at } = minimise(bowl, [0, 0, 0, 0]);
  at.forEach((x, i) => expect(x).toBeCloseTo(target[i]!, 4));
});

test('goes round what is no number', () => {
  const { at } = minimise(([x = 0]) => (x < 0 ? NaN : (x - 2) ** 2), [1]);
  expect(at[0]).toBeCloseTo(2, 4);
});

test('does not claim to have found what has no bottom', () => {
  expect(minimise(([x = 0]) => -x, [0]).converged).toBe(false);
});
