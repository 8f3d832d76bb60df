/** Customers of about the same prediction: what was predicted of them on average, and what share came. */
export interface Bin {
  readonly predicted: number;
  readonly observed: number;
  readonly count: number;
}

/** Mean squared distance of predicted probabilities from what came, 0 to 1 (Brier 1950): less is better. */
export function brier(predicted: Float64Array, came: Uint8Array, weights?: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < predicted.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * (predicted[i]! - came[i]!) ** 2;
    count += weight;
  }
  return sum / count;
}

/** Ten bins of about as many customers, by ascending prediction; equal predictions stay together. */
export function reliability(predicted: Float64Array, outcome: ArrayLike<number>, bins = 10): readonly Bin[] {
  const order = [...predicted.keys()].sort((i, j) => predicted[i]! - predicted[j]!);
  const found: Bin[] = [];
  for (let from = 0; from < order.length;) {
    const share = Math.ceil((order.length * (found.length + 1)) / bins);
    let to = Math.max(from + 1, share);
    while (to < order.length && predicted[order[to]!] === predicted[order[to - 1]!]) to++;
    const members = order.slice(from, to);
    const mean = (of: ArrayLike<number>) => members.reduce((sum, i) => sum + of[i]!, 0) / members.length;
    found.push({ predicted: mean(predicted), observed: mean(outcome), count: members.length });
    from = to;
  }
  return found;
}
