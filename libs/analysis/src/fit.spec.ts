import { buyingModels, type BuyingParameters, type History } from './buying.js';
import { fitBuying, fitSpending } from './fit.js';
import { randomFrom } from './random.js';
import { expectedSpend, type Spending } from './spending.js';

const truth = { r: 2, alpha: 6, a: 1, b: 3 };

/** Customers drawn from a population with these parameters, each watched for 60 units. */
function drawn(model: BuyingParameters['model'], customers: number): readonly History[] {
  const random = randomFrom(3);
  const draw = () => -Math.log(1 - random());
  return Array.from({ length: customers }, () => {
    const rate = (draw() + draw()) / truth.alpha;
    const p = 1 - (1 - random()) ** (1 / truth.b);
    let [frequency, recency] = [0, 0];
    let alive = model === 'bg-nbd' || random() >= p;
    for (let at = draw() / rate; alive && at < 60; at += draw() / rate) {
      frequency++;
      recency = Math.ceil(at);
      alive = random() >= p;
    }
    return { frequency, recency, age: 60 };
  });
}

test.each(buyingModels)(
  '%s finds the parameters of a population from which customers were drawn',
  (model) => {
    const fit = fitBuying(model, drawn(model, 3_000));
    if (!fit.ok) throw new Error(fit.reason);
    const { parameters, customers } = fit;
    expect(customers).toBe(3_000);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(Math.log(parameters[name] / truth[name]))).toBeLessThan(0.2);
  },
);

test('equal histories count as often as there are of them', () => {
  const some = drawn('mbg-nbd', 300);
  const [once, twice] = [fitBuying('mbg-nbd', some), fitBuying('mbg-nbd', [...some, ...some])];
  if (!once.ok || !twice.ok) throw new Error('does not converge');
  expect(twice.parameters.alpha).toBeCloseTo(once.parameters.alpha, 3);
  expect(twice.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 5);
});

describe('says why there are no parameters', () => {
  test.each([
    ['empty', []],
    ['noRepeats', [{ frequency: 0, recency: 0, age: 9 }]],
    ['doesNotConverge', Array.from({ length: 20 }, () => ({ frequency: 4, recency: 8, age: 10 }))],
  ] as const)('%s', (reason, histories) => {
    expect(fitBuying('mbg-nbd', histories)).toEqual({ ok: false, reason });
  });

  test('of spending likewise', () => {
    expect(fitSpending([])).toEqual({ ok: false, reason: 'empty' });
    const alike = Array.from({ length: 20 }, () => ({ purchases: 5, mean: 10 }));
    expect(fitSpending(alike)).toEqual({ ok: false, reason: 'doesNotConverge' });
  });
});

describe('spending', () => {
  const population = { p: 4, q: 5, gamma: 40 };

  test('is that of the population from which it was drawn', () => {
    const random = randomFrom(5);
    const gamma = (shape: number) => {
      let sum = 0;
      for (let i = 0; i < shape; i++) sum -= Math.log(1 - random());
      return sum;
    };
    const spendings = Array.from({ length: 1_000 }, (_, i): Spending => {
      const purchases = 1 + (i % 6);
      const rate = gamma(population.q) / population.gamma;
      return { purchases, mean: gamma(population.p * purchases) / rate / purchases };
    });
    const fit = fitSpending(spendings);
    if (!fit.ok) throw new Error(fit.reason);
    for (const name of ['p', 'q', 'gamma'] as const)
      expect(Math.abs(Math.log(fit.parameters[name] / population[name]))).toBeLessThan(0.3);
  });

  test('is held to lie between the own mean and that of all', () => {
    const mean = (population.p * population.gamma) / (population.q - 1);
    for (const purchases of [1, 5, 1_000]) {
      const told = expectedSpend(population, { purchases, mean: 100 });
      expect(told).toBeGreaterThan(mean);
      expect(told).toBeLessThan(100);
    }
    expect(expectedSpend(population, { purchases: 100_000, mean: 100 })).toBeCloseTo(100, 1);
  });
});
