import { randomFrom } from './random.js';

/** An estimate with the bounds between which 95 of 100 samples of as many customers put it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const resamples = 1_000;

/**
 * Percentile bootstrap (Efron 1979): customers are drawn with replacement, as weights, 1,000 times, always the same ones for a
 * seed. All statistics see the same draws, so that differences between them are paired.
 */
export function bootstrap<Name extends string>(
  customers: number,
  statistics: (weights?: Float64Array) => Readonly<Record<Name, number>>,
  { times = resamples, seed = 1 }: { readonly times?: number; readonly seed?: number } = {},
): Readonly<Record<Name, Estimate>> {
  const random = randomFrom(seed);
  const whole = statistics();
  const names = Object.keys(whole) as Name[];
  const drawn = names.map(() => new Float64Array(times));
  const weights = new Float64Array(customers);
  for (let time = 0; time < times; time++) {
    weights.fill(0);
    for (let i = 0; i < customers; i++) weights[Math.floor(random() * customers)]!++;
    const found = statistics(weights);
    names.forEach((name, i) => (drawn[i]![time] = found[name]));
  }
  return Object.fromEntries(
    names.map((name, i) => [name, { value: whole[name], ...spread(drawn[i]!) }]),
  ) as Record<Name, Estimate>;
}

/** Draws in which a statistic has no value are left out. */
function spread(drawn: Float64Array): Omit<Estimate, 'value'> {
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort();
  const rank = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: rank(0.025), high: rank(0.975) };
}
