import fc from 'fast-check';
import {
  ageAtProbability,
  aliveProbability,
  buyingModels,
  buysProbability,
  expectedPurchases,
  logLikelihood,
  type BuyingParameters,
  type History,
} from './buying.js';
import { randomFrom } from './random.js';

const cdnow = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const bg: BuyingParameters = { model: 'bg-nbd', ...cdnow };
const mbg: BuyingParameters = { model: 'mbg-nbd', ...cdnow };

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
const parameters = fc.record({
  model: fc.constantFrom(...buyingModels),
  ...{ r: positive(5), alpha: positive(30), a: positive(4), b: positive(8) },
});
const history: fc.Arbitrary<History> = fc
  .record({ frequency: fc.integer({ min: 0, max: 60 }), first: positive(50), rest: positive(50) })
  .map(({ frequency, first, rest }) => ({
    frequency,
    recency: frequency === 0 ? 0 : first,
    age: first + rest,
  }));

/** ∫ f over [0, 1] and [0, ∞) of a population, by brute force: what the closed forms stand for. */
function byIntegral(model: BuyingParameters, { frequency: x, recency, age }: History): number {
  const { r, alpha, a, b } = model;
  const steps = 400;
  let [sum, mass] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const p = (i + 0.5) / steps;
    const beta = p ** (a - 1) * (1 - p) ** (b - 1);
    for (let j = 0; j < steps; j++) {
      const u = (j + 0.5) / steps;
      const rate = (u / (1 - u)) * (r / alpha);
      const gamma = (rate ** (r - 1) * Math.exp(-alpha * rate)) / (1 - u) ** 2;
      const survived = model.model === 'bg-nbd' ? x : x + 1;
      const alive = (1 - p) ** survived * Math.exp(-rate * age);
      const gone = survived === 0 ? 0 : p * (1 - p) ** (survived - 1) * Math.exp(-rate * recency);
      sum += beta * gamma * rate ** x * (alive + gone);
      mass += beta * gamma;
    }
  }
  return Math.log(sum / mass);
}

describe.each(buyingModels)('%s', (model) => {
  const smooth: BuyingParameters = { model, r: 2.2, alpha: 5, a: 2.1, b: 3.3 };

  test.each([
    { frequency: 0, recency: 0, age: 12 },
    { frequency: 3, recency: 9, age: 12 },
    { frequency: 1, recency: 2, age: 30 },
  ])('the likelihood of %o is the integral over the population', (it) => {
    expect(logLikelihood(smooth, it)).toBeCloseTo(byIntegral(smooth, it), 2);
  });

  test('what is expected is what many drawn customers do', () => {
    const random = randomFrom(11);
    const draw = () => -Math.log(1 - random());
    // Gamma of shape 2 and beta of (1, 2), which are easy to draw.
    const drawn: BuyingParameters = { model, r: 2, alpha: 8, a: 1, b: 2 };
    const customers = 60_000;
    let total = 0;
    for (let i = 0; i < customers; i++) {
      const rate = (draw() + draw()) / drawn.alpha;
      const p = 1 - Math.sqrt(random());
      let alive = model === 'bg-nbd' || random() >= p;
      for (let at = draw() / rate; alive && at < 20; at += draw() / rate) {
        total++;
        alive = random() >= p;
      }
    }
    const fresh = { frequency: 0, recency: 0, age: 0 };
    expect(expectedPurchases(drawn, fresh, 20) / (total / customers)).toBeCloseTo(1, 1);
    expect(Math.abs(expectedPurchases(drawn, fresh, 20) / (total / customers) - 1)).toBeLessThan(0.02);
  });
});

test('probabilities are probabilities, and nothing expected is below 0', () => {
  fc.assert(
    fc.property(parameters, history, positive(100), (model, it, span) => {
      const [alive, buys] = [aliveProbability(model, it), buysProbability(model, it, span)];
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(buys).toBeGreaterThanOrEqual(0);
      expect(buys).toBeLessThanOrEqual(alive);
      const ahead = expectedPurchases(model, it, span);
      expect(ahead).toBeGreaterThanOrEqual(buys * (1 - 1e-9));
      expect(expectedPurchases(model, it, 2 * span)).toBeGreaterThanOrEqual(ahead);
    }),
  );
});

test('in silence the probability of being alive falls to p just where the closed form says', () => {
  fc.assert(
    fc.property(parameters, history, fc.double({ min: 0.01, max: 0.95, noNaN: true }), (model, it, p) => {
      const age = ageAtProbability(model, it, p);
      if (!(age > it.recency) || age > 1e9) return;
      expect(aliveProbability(model, { ...it, age })).toBeCloseTo(p, 9);
      expect(aliveProbability(model, { ...it, age: age * 1.01 + 0.01 })).toBeLessThan(p);
    }),
  );
});

test('BG/NBD holds whoever never came back for alive, MBG/NBD does not', () => {
  const once = { frequency: 0, recency: 0, age: 500 };
  expect(aliveProbability(bg, once)).toBe(1);
  expect(ageAtProbability(bg, once, 0.5)).toBe(Infinity);
  expect(aliveProbability(mbg, once)).toBeLessThan(0.6);
});

// Fader, Hardie and Lee (2005), section 4: a customer with 2 repeats at 30.43 weeks, seen for 38.86, is expected to buy 1.226
// times in the next 39.
test('gives the worked example of the paper', () => {
  expect(expectedPurchases(bg, { frequency: 2, recency: 30.43, age: 38.86 }, 39)).toBeCloseTo(1.226, 3);
});

test('histories of thousands neither overflow nor vanish', () => {
  for (const model of [bg, mbg, { ...mbg, a: 1 }, { ...bg, a: 1.0000001 }])
    for (const frequency of [1_000, 5_000, 50_000]) {
      const often = { frequency, recency: 300, age: 301 };
      expect(Number.isFinite(logLikelihood(model, often))).toBe(true);
      const ahead = expectedPurchases(model, often, 39);
      expect(ahead).toBeLessThan((frequency / 300) * 39);
      expect(ahead).toBeGreaterThan(0);
      expect(aliveProbability(model, { ...often, age: 100_000 })).toBe(0);
    }
});

test('a = 1 is no hole', () => {
  const it = { frequency: 3, recency: 10, age: 20 };
  const at = (a: number) => expectedPurchases({ ...mbg, a }, it, 30);
  expect(at(1)).toBeCloseTo((at(1 - 1e-7) + at(1 + 1e-7)) / 2, 9);
});
