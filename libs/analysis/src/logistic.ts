/** Weights of a logistic regression; the first is the intercept. */
export type Weights = Float64Array;

const mostSteps = 50;

/**
 * Logistic regression with a ridge penalty on all but the intercept, by Newton's method (Hastie, Tibshirani and Friedman, The
 * Elements of Statistical Learning, 4.4.1). Columns are best standardised, so that the penalty treats them alike.
 */
export function fitLogistic(
  rows: readonly Float64Array[],
  came: ArrayLike<number>,
  { ridge }: { readonly ridge: number },
): Weights {
  const width = (rows[0]?.length ?? 0) + 1;
  const weights = new Float64Array(width);
  const [gradient, step] = [new Float64Array(width), new Float64Array(width)];
  const curvature = Array.from({ length: width }, () => new Float64Array(width));
  for (let turn = 0; turn < mostSteps; turn++) {
    for (let i = 0; i < width; i++) {
      gradient[i] = i === 0 ? 0 : -ridge * weights[i]!;
      curvature[i]!.fill(0);
      curvature[i]![i] = i === 0 ? 1e-9 : ridge;
    }
    rows.forEach((row, n) => {
      const p = probability(weights, row);
      add(row, came[n]! - p, p * (1 - p), gradient, curvature);
    });
    solve(curvature, gradient, step);
    let largest = 0;
    for (let i = 0; i < width; i++) {
      weights[i]! += step[i]!;
      largest = Math.max(largest, Math.abs(step[i]!));
    }
    if (largest < 1e-4) break;
  }
  return weights;
}

/** 0 to 1. */
export function probability(weights: Weights, row: Float64Array): number {
  let sum = weights[0]!;
  for (let i = 0; i < row.length; i++) sum += weights[i + 1]! * row[i]!;
  return 1 / (1 + Math.exp(-sum));
}

function add(
  row: Float64Array,
  missed: number,
  weight: number,
  gradient: Float64Array,
  curvature: readonly Float64Array[],
): void {
  gradient[0]! += missed;
  curvature[0]![0]! += weight;
  for (let i = 0; i < row.length; i++) {
    const value = row[i]!;
    if (value === 0) continue;
    gradient[i + 1]! += missed * value;
    const line = curvature[i + 1]!;
    const weighted = weight * value;
    line[0]! += weighted;
    for (let j = 0; j <= i; j++) line[j + 1]! += weighted * row[j]!;
  }
}

/** Cholesky's decomposition of a symmetric positive matrix of which the lower half is given; it is used up. */
function solve(matrix: readonly Float64Array[], right: Float64Array, into: Float64Array): void {
  const width = right.length;
  for (let i = 0; i < width; i++) {
    const line = matrix[i]!;
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]!;
      let sum = line[j]!;
      for (let k = 0; k < j; k++) sum -= line[k]! * other[k]!;
      line[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / other[j]!;
    }
  }
  for (let i = 0; i < width; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i]![k]! * into[k]!;
    into[i] = sum / matrix[i]![i]!;
  }
  for (let i = width - 1; i >= 0; i--) {
    let sum = into[i]!;
    for (let k = i + 1; k < width; k++) sum -= matrix[k]![i]! * into[k]!;
    into[i] = sum / matrix[i]![i]!;
  }
}
