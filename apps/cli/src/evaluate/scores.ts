import {
  aliveProbability,
  aucIn,
  bootstrap,
  brier,
  buysProbability,
  crossValidated,
  expectedPurchases,
  orderOf,
  reliability,
  scoreOf,
  type Bin,
  type BuyingParameters,
  type Estimate,
} from '#analysis';
import type { AtCut } from './at-cut.js';
import { featuresOf } from './features.js';
import { rankOf } from './standing.js';

export const scoreNames = [
  'expectedPurchases',
  'aliveProbability',
  'stageAndHealth',
  'allFacts',
  'recency',
  'frequency',
] as const;
export type ScoreName = (typeof scoreNames)[number];

export interface ScoreRow {
  readonly score: ScoreName;
  /** Of "buys again after the cut". */
  readonly auc: Estimate;
  /** Its AUC less that of expected purchases, on the same draws. */
  readonly over: Estimate;
  /** Of the probability that the score gives; absent where it gives none. */
  readonly brier?: number;
  readonly reliability?: readonly Bin[];
}

interface Score {
  readonly ranks: Float64Array;
  /** The probability to buy again, 0 to 1. */
  readonly told?: Float64Array;
}

/** How well each score tells who buys again. `at`: the moment of the facts, ms; `span`: time until the end, in the model's unit. */
export function scoreRows(
  rows: readonly AtCut[],
  parameters: BuyingParameters,
  { at, span }: { readonly at: number; readonly span: number },
): readonly ScoreRow[] {
  const came = Uint8Array.from(rows, ({ purchases }) => (purchases > 0 ? 1 : 0));
  const scores = scoresOf(rows, came, parameters, { at, span });
  const orders = scoreNames.map((name) => orderOf(scores[name].ranks));
  const estimates = bootstrap(rows.length, (weights) => {
    const found: Record<string, number> = {};
    scoreNames.forEach((name, i) => {
      found[name] = aucIn({ score: scores[name].ranks, came }, orders[i]!, weights);
      found[`${name} over`] = found[name] - found['expectedPurchases']!;
    });
    return found;
  });
  return scoreNames.map((score) => {
    const { told } = scores[score];
    return {
      score,
      auc: estimates[score]!,
      over: estimates[`${score} over`]!,
      ...(told && { brier: brier(told, came), reliability: reliability(told, came) }),
    };
  });
}

function scoresOf(
  rows: readonly AtCut[],
  came: Uint8Array,
  parameters: BuyingParameters,
  { at, span }: { readonly at: number; readonly span: number },
): Readonly<Record<ScoreName, Score>> {
  const of = (read: (row: AtCut) => number) => Float64Array.from(rows, read);
  const alive = of(({ history }) => aliveProbability(parameters, history));
  const allFacts = scoreOf(
    featuresOf(
      rows.map(({ facts }) => facts),
      at,
    ),
    came,
  );
  const standing = of(rankOf);
  return {
    expectedPurchases: {
      ranks: of(({ history }) => expectedPurchases(parameters, history, span)),
      told: of(({ history }) => buysProbability(parameters, history, span)),
    },
    aliveProbability: { ranks: alive, told: alive },
    stageAndHealth: { ranks: standing, told: rateOfTheLike(standing, came) },
    allFacts: { ranks: allFacts, told: allFacts },
    recency: { ranks: of(({ history }) => history.recency - history.age) },
    frequency: { ranks: of(({ history }) => history.frequency) },
  };
}

/** Of each customer, the share who came among the others of the same standing; of all where there are none. Cross-validated. */
function rateOfTheLike(standing: Float64Array, came: Uint8Array): Float64Array {
  return crossValidated(came, (learned) => {
    const sums = new Map<number, { came: number; count: number }>();
    const all = { came: 0, count: 0 };
    for (const i of learned) {
      const own = sums.get(standing[i]!) ?? { came: 0, count: 0 };
      sums.set(standing[i]!, own);
      for (const sum of [own, all]) {
        sum.came += came[i]!;
        sum.count++;
      }
    }
    return (i) => {
      const { came: yes, count } = sums.get(standing[i]!) ?? all;
      return yes / count;
    };
  });
}
