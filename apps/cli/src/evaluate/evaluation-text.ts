import { foreignNote } from '../fit/order-currencies.js';
import { table } from '../output.js';
import type { Cell } from './cells.js';
import type { Evaluation } from './evaluation.js';
import { digits, estimateText } from './figure-text.js';

/** How the score of all facts is made. */
export const method =
  'allFacts: ridge logistic regression on natural cubic splines of every fact at the cut, cross-validated in five parts.';

/** The evaluation as people read it; in brackets what 95 of 100 bootstrap samples stay within. */
export function evaluationText(found: Evaluation): string {
  const { model, all } = found;
  const parameters = `r ${digits(model.r)}, alpha ${digits(model.alpha)} ${model.unit}, a ${digits(model.a)}, b ${digits(model.b)}`;
  const last = found.tracking.at(-1);
  return [
    `${found.definition}, cycle ${found.cycle} days: ${found.customers} customers as of ${found.calibratedUntil}, and what they did until ${found.until}.`,
    `mbg-nbd fitted on ${found.fittedOn} customers: ${parameters}, log-likelihood ${model.logLikelihood.toFixed(1)}.`,
    `Of all, ${estimateText(all.repeatRate)} bought again and spent ${estimateText(all.spend, 2)} each.`,
    ...[foreignNote(found.foreignOrders, found.currency) ?? []].flat(),
    '',
    cellTable(found.stages, 'stage'),
    cellTable(found.standings, 'stage and health'),
    ...(found.dissolvedFrom.length > 0 ? [cellTable(found.dissolvedFrom, 'dissolved, before in')] : []),
    table(
      found.scores.map(({ score, auc, over, brier }) => ({
        score,
        AUC: estimateText(auc),
        'over expected purchases': score === 'expectedPurchases' ? '' : estimateText(over, 4),
        Brier: brier === undefined ? '' : digits(brier),
      })),
      ['score', 'AUC', 'over expected purchases', 'Brier'],
    ),
    method,
    '',
    table(
      found.byFrequency.map(({ frequency, customers, expected, actual }) => ({
        ...{ 'repeats before': frequency, customers },
        ...{ 'expected after': digits(expected, 2), actual: digits(actual, 2) },
      })),
      ['repeats before', 'customers', 'expected after', 'actual'],
    ),
    ...(last
      ? [
          `Repeat purchases of all until ${found.until}: expected ${last.expected.toFixed(0)}, actual ${last.actual}.`,
        ]
      : []),
    '',
  ].join('\n');
}

const cellTable = (cells: readonly Cell[], heading: string) =>
  table(
    cells.map(({ name, customers, repeatRate, spend, lift }) => ({
      [heading]: name,
      customers,
      'bought again': estimateText(repeatRate),
      spend: estimateText(spend, 2),
      lift: estimateText(lift, 2),
    })),
    [heading, 'customers', 'bought again', 'spend', 'lift'],
  );
