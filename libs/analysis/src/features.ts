/** What is known of each customer by one name; NaN where it is unknown. */
export interface Feature {
  readonly name: string;
  readonly values: Float64Array;
}

/** Customers' features as rows of numbers with mean 0 and deviation 1. */
export type Design = (customer: number) => Float64Array;

/**
 * Each feature as a natural cubic spline with knots at its 5, 27.5, 50, 72.5 and 95 % points (Harrell, Regression Modeling
 * Strategies, 2.4), and whether it is unknown. Knots, means and deviations are those of the customers `learned` from, so that
 * others are not looked at.
 */
export function designOf(features: readonly Feature[], learned: readonly number[]): Design {
  const columns = features.flatMap(({ values }) => columnsOf(values, learned));
  return (customer) => {
    const row = new Float64Array(columns.length);
    for (let i = 0; i < columns.length; i++) row[i] = columns[i]!(customer);
    return row;
  };
}

type Column = (customer: number) => number;

function columnsOf(values: Float64Array, learned: readonly number[]): Column[] {
  const known = Float64Array.from(learned, (customer) => values[customer]!).filter((it) => !Number.isNaN(it));
  const curves = [(x: number) => x, ...bends(knotsOf(known.sort()))];
  const unknown: Column = (customer) => (Number.isNaN(values[customer]!) ? 1 : 0);
  return [
    ...curves.map(
      (curve): Column =>
        (customer) =>
          curve(values[customer]!),
    ),
    ...(known.length < learned.length ? [unknown] : []),
  ].flatMap((column) => standardised(column, learned));
}

const shares = [0.05, 0.275, 0.5, 0.725, 0.95];

const knotsOf = (sorted: Float64Array): readonly number[] => [
  ...new Set(shares.map((share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0)),
];

/** The basis besides the straight line: none below three knots. */
function bends(knots: readonly number[]): ((x: number) => number)[] {
  const [last, before] = [knots.at(-1)!, knots.at(-2)!];
  const cubed = (x: number) => (x > 0 ? x ** 3 : x === x ? 0 : NaN);
  const from = (knot: number) => (x: number) => (cubed(x - knot) - cubed(x - last)) / (last - knot);
  const straight = from(before);
  return knots.slice(0, -2).map((knot) => {
    const bend = from(knot);
    return (x) => bend(x) - straight(x);
  });
}

/** Unknown ones stand at the mean; a column that is the same for all is left out. */
function standardised(column: Column, learned: readonly number[]): Column[] {
  let [sum, squares, count] = [0, 0, 0];
  for (const customer of learned) {
    const value = column(customer);
    if (Number.isNaN(value)) continue;
    count++;
    const off = value - sum;
    sum += off / count;
    squares += off * (value - sum);
  }
  const [mean, deviation] = [sum, Math.sqrt(squares / count)];
  if (!(deviation > 1e-9 * (1 + Math.abs(mean)))) return [];
  return [
    (customer) => {
      const value = column(customer);
      return Number.isNaN(value) ? 0 : (value - mean) / deviation;
    },
  ];
}

/** Correlated by so much, two features tell the same. */
const same = 0.99;

/** Without those that tell nothing, or the same as an earlier one. */
export function distinctFeatures(features: readonly Feature[]): readonly Feature[] {
  const kept: { readonly feature: Feature; readonly row: Float64Array }[] = [];
  for (const feature of features) {
    const all = [...feature.values.keys()];
    const { values } = feature;
    const unknown: Column = (customer) => (Number.isNaN(values[customer]!) ? 1 : 0);
    const [column] = [(customer: number) => values[customer]!, unknown].flatMap((it) =>
      standardised(it, all),
    );
    if (!column) continue;
    const row = Float64Array.from(all, column);
    if (kept.every((it) => Math.abs(product(it.row, row)) < same * row.length)) kept.push({ feature, row });
  }
  return kept.map(({ feature }) => feature);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
