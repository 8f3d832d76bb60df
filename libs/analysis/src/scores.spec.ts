import fc from 'fast-check';
import { auc } from './auc.js';
import { bootstrap } from './bootstrap.js';
import { crossValidated, scoreOf } from './cross-validation.js';
import { designOf, distinctFeatures } from './features.js';
import { fitLogistic, probability } from './logistic.js';
import { randomFrom } from './random.js';
import { brier, reliability } from './reliability.js';

const scored = (score: readonly number[], came: readonly number[]) => ({
  score: Float64Array.from(score),
  came: Uint8Array.from(came),
});

describe('AUC', () => {
  test('counts the pairs in the right order, ties as half', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), came: fc.constantFrom(0, 1) }), {
          minLength: 2,
          maxLength: 40,
        }),
        (rows) => {
          const pairs = rows
            .filter(({ came }) => came === 1)
            .flatMap((yes) =>
              rows
                .filter(({ came }) => came === 0)
                .map((no) => (yes.score > no.score ? 1 : yes.score === no.score ? 0.5 : 0)),
            );
          const found = auc(
            scored(
              rows.map(({ score }) => score),
              rows.map(({ came }) => came),
            ),
          );
          if (pairs.length === 0) expect(found).toBeNaN();
          else expect(found).toBeCloseTo(pairs.reduce<number>((sum, it) => sum + it, 0) / pairs.length, 12);
        },
      ),
    );
  });

  test('of weights is that of as many customers', () => {
    const [some, more] = [scored([1, 2, 3, 4], [0, 1, 0, 1]), scored([1, 2, 2, 2, 4, 4], [0, 1, 1, 1, 1, 1])];
    expect(auc(some, Float64Array.from([1, 3, 0, 2]))).toBe(auc(more));
  });
});

describe('the bootstrap', () => {
  test('puts a mean where its standard error has it, and gives the same for the same seed', () => {
    const random = randomFrom(2);
    const values = Array.from({ length: 400 }, () => random());
    const statistics = (weights?: Float64Array) => {
      let [sum, count] = [0, 0];
      values.forEach((value, i) => {
        sum += (weights?.[i] ?? 1) * value;
        count += weights?.[i] ?? 1;
      });
      return { mean: sum / count };
    };
    const { mean } = bootstrap(400, statistics);
    const error = Math.sqrt(1 / 12 / 400);
    expect(mean.low).toBeCloseTo(mean.value - 1.96 * error, 2);
    expect(mean.high).toBeCloseTo(mean.value + 1.96 * error, 2);
    expect(bootstrap(400, statistics)).toEqual({ mean });
  });
});

describe('logistic regression', () => {
  test('finds the weights by which outcomes were drawn', () => {
    const random = randomFrom(4);
    const rows = Array.from({ length: 8_000 }, () => Float64Array.from([random() * 4 - 2, random() * 4 - 2]));
    const truth = Float64Array.from([-0.5, 1.2, -0.7]);
    const came = rows.map((row) => (random() < probability(truth, row) ? 1 : 0));
    fitLogistic(rows, came, { ridge: 0.01 }).forEach((weight, i) =>
      expect(Math.abs(weight - truth[i]!)).toBeLessThan(0.12),
    );
  });

  test('stays finite where a column tells all', () => {
    const rows = [-2, -1, 1, 2].map((x) => Float64Array.from([x, x]));
    for (const weight of fitLogistic(rows, [0, 0, 1, 1], { ridge: 1 }))
      expect(Number.isFinite(weight)).toBe(true);
  });
});

describe('the score of all facts', () => {
  const random = randomFrom(9);
  const x = Float64Array.from({ length: 2_000 }, () => random() * 6 - 3);
  const came = Uint8Array.from(x, (it) => (random() < 0.1 + 0.8 * Math.exp(-it * it) ? 1 : 0));
  const noise = Float64Array.from(x, () => random());

  test('sees a bend that no straight line can show', () => {
    const told = scoreOf([{ name: 'x', values: x }], came);
    expect(auc({ score: x, came })).toBeLessThan(0.55);
    expect(auc({ score: told, came })).toBeGreaterThan(0.75);
  });

  test('finds nothing where there is nothing, since it does not look at whom it tells of', () => {
    expect(
      Math.abs(auc({ score: scoreOf([{ name: 'noise', values: noise }], came), came }) - 0.5),
    ).toBeLessThan(0.05);
  });

  test('takes an unknown fact for what it tells by being unknown', () => {
    const values = Float64Array.from(came, (it) => (it ? NaN : 1));
    expect(auc({ score: scoreOf([{ name: 'absent', values }], came), came })).toBe(1);
  });

  test('leaves out what is the same for all, or as another', () => {
    const features = [
      { name: 'x', values: x },
      { name: 'twice', values: x.map((it) => 2 * it) },
      { name: 'constant', values: x.map(() => 3) },
      { name: 'noise', values: noise },
    ];
    expect(distinctFeatures(features).map(({ name }) => name)).toEqual(['x', 'noise']);
    for (const value of designOf(features, [...x.keys()])(0)) expect(Number.isFinite(value)).toBe(true);
  });

  test('a customer is told of by others alone', () => {
    crossValidated(came, (learned) => {
      const known = new Set(learned);
      return (customer) => {
        expect(known.has(customer)).toBe(false);
        return 0;
      };
    });
  });
});

describe('reliability', () => {
  test('of what is told right lies on the diagonal', () => {
    const random = randomFrom(8);
    const told = Float64Array.from({ length: 20_000 }, () => random());
    const came = Uint8Array.from(told, (p) => (random() < p ? 1 : 0));
    const bins = reliability(told, came);
    expect(bins).toHaveLength(10);
    for (const { predicted, observed, count } of bins) {
      expect(Math.abs(predicted - observed)).toBeLessThan(0.04);
      expect(count).toBe(2_000);
    }
    expect(brier(told, came)).toBeCloseTo(1 / 6, 1);
  });

  test('keeps equal predictions together and everybody in one bin', () => {
    const told = Float64Array.from({ length: 100 }, (_, i) => (i < 70 ? 0.2 : i / 100));
    const bins = reliability(told, new Uint8Array(100));
    expect(bins[0]).toMatchObject({ count: 70, observed: 0 });
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });
});
