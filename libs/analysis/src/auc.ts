/** A score of each customer, and whether what it was to tell came true. */
export interface Scored {
  readonly score: Float64Array;
  readonly came: Uint8Array;
}

/**
 * The probability that a customer with the outcome has a higher score than one without, ties counted half: Mann and Whitney's
 * statistic. NaN where all are alike. `weights`: how often each counts, 1 where absent.
 */
export const auc = (scored: Scored, weights?: Float64Array): number =>
  aucIn(scored, orderOf(scored.score), weights);

/** Indexes by ascending score. */
export const orderOf = (score: Float64Array): Uint32Array =>
  Uint32Array.from(score.keys()).sort((i, j) => score[i]! - score[j]!);

/** With the order known: one pass. */
export function aucIn({ score, came }: Scored, order: Uint32Array, weights?: Float64Array): number {
  let [below, pairs, positives] = [0, 0, 0];
  for (let i = 0; i < order.length;) {
    const value = score[order[i]!]!;
    let [yes, no] = [0, 0];
    for (; i < order.length && score[order[i]!] === value; i++) {
      const at = order[i]!;
      const weight = weights ? weights[at]! : 1;
      if (came[at]) yes += weight;
      else no += weight;
    }
    pairs += yes * (below + no / 2);
    below += no;
    positives += yes;
  }
  return pairs / (below * positives);
}
