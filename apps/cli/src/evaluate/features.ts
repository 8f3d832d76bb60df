import { facts as catalogue, type FactSpec } from '#contracts';
import type { Feature } from '#analysis';

const dayLength = 86_400_000;
const specs = Object.entries(catalogue as Readonly<Record<string, FactSpec>>);

/**
 * Every fact as numbers, one for each customer: counts and amounts by their logarithm, times as the logarithm of the days since,
 * texts as one feature for each of their values, lists by their length, maps by the sum of their numbers. Facts that name a person
 * are left out. `at`: the moment of the facts, ms.
 */
export function featuresOf(
  known: readonly Readonly<Record<string, unknown>>[],
  at: number,
): readonly Feature[] {
  return specs.flatMap(([name, spec]): Feature[] => {
    if (spec.personal) return [];
    const values = known.map((facts) => facts[name]);
    if (spec.kind === 'text') return textFeatures(name, values);
    return [{ name, values: Float64Array.from(values, (value) => numberOf(value, spec.kind, at)) }];
  });
}

function numberOf(value: unknown, kind: FactSpec['kind'], at: number): number {
  if (value === undefined || value === null) return NaN;
  switch (kind) {
    case 'number':
      return logarithm(value as number);
    case 'time':
      return logarithm((at - (value as number)) / dayLength);
    case 'flag':
      return value === true ? 1 : 0;
    case 'list':
      return (value as readonly unknown[]).length;
    case 'map':
      return logarithm(sumOf(value));
    case 'text':
      return NaN;
  }
}

/** Also of what is below 0. */
const logarithm = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value));

const sumOf = (map: object) =>
  Object.values(map).reduce<number>((sum, it) => (typeof it === 'number' ? sum + it : sum + 1), 0);

/** More values than these are names, such as an order's. */
const mostValues = 12;

function textFeatures(name: string, values: readonly unknown[]): Feature[] {
  const distinct = [...new Set(values.filter((value) => typeof value === 'string'))].sort();
  if (distinct.length < 2 || distinct.length > mostValues) return [];
  return distinct.map((text) => ({
    name: `${name} ${text}`,
    values: Float64Array.from(values, (value) => (value === text ? 1 : 0)),
  }));
}
