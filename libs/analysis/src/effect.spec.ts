import { differenceOfShares, effectOf, type Outcome } from './effect.js';
import { randomFrom } from './random.js';

/** So many customers of whom a share returns and spends about 40. */
function customers(random: () => number, count: number, rate: number): readonly Outcome[] {
  return Array.from({ length: count }, () => {
    const returned = random() < rate;
    return { returned, spend: returned ? -40 * Math.log(1 - random()) : 0 };
  });
}

const trial = (seed: number, treated: number, control: number, size = 500) => {
  const random = randomFrom(seed);
  return effectOf(customers(random, size, treated), customers(random, size, control), { detect: 0.1 });
};
const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1);

describe('an effect', () => {
  test('of ten points is found at least four times in five', () => {
    const needed = Math.ceil(1.3 * trial(1, 0.4, 0.3).needed.control);
    const found = seeds.filter((seed) => trial(seed, 0.4, 0.3, needed).verdict === 'retains');
    expect(found.length / seeds.length).toBeGreaterThan(0.8);
    expect(found.length / seeds.length).toBeLessThan(0.95);
  });

  test('that is none is found no more than once in twenty', () => {
    const found = seeds.filter((seed) => trial(seed, 0.3, 0.3).verdict !== 'noEffectShown');
    expect(found.length / seeds.length).toBeGreaterThan(0.02);
    expect(found.length / seeds.length).toBeLessThan(0.08);
  });

  test('that drives away is told as that', () => {
    expect(trial(1, 0.15, 0.3).verdict).toBe('loses');
  });

  test('on spend lies within its interval 95 times in 100', () => {
    const held = seeds.filter((seed) => {
      const { low, high } = trial(seed, 0.35, 0.3, 400).spend;
      return low < 2 && 2 < high;
    });
    expect(held.length / seeds.length).toBeGreaterThan(0.92);
    expect(held.length / seeds.length).toBeLessThan(0.98);
  });
});

test('below the size needed nothing is told, whatever was seen', () => {
  const { verdict, needed } = trial(1, 0.9, 0.1, 50);
  expect(verdict).toBe('cannotTellYet');
  expect(needed.control).toBeGreaterThan(50);
});

test('a smaller control group takes more treated customers', () => {
  const random = randomFrom(1);
  const [many, few] = [customers(random, 9_000, 0.3), customers(random, 1_000, 0.3)];
  const { needed } = effectOf(many, few, { detect: 0.05 });
  expect(needed.treated / needed.control).toBeCloseTo(9, 1);
  expect(needed.control).toBeLessThan(effectOf(few, few, { detect: 0.05 }).needed.control);
});

test('nobody in a group is no error', () => {
  const { verdict, repeatRate } = effectOf([], [], { detect: 0.05 });
  expect(verdict).toBe('cannotTellYet');
  expect(repeatRate).toMatchObject({ value: 0, low: -1, high: 1 });
});

// Newcombe (1998), table II, example (a): 56 of 70 against 48 of 80, method 10.
test('the interval of two shares is that of the published example', () => {
  const group = (returned: number, customers: number) => ({
    customers,
    repeatRate: returned / customers,
    spend: 0,
  });
  const { low, high } = differenceOfShares(group(56, 70), group(48, 80));
  expect(low).toBeCloseTo(0.0524, 4);
  expect(high).toBeCloseTo(0.3339, 4);
});
