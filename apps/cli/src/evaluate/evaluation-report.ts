import type { Estimate } from '#analysis';
import { renderReport, type Interval, type Table } from '#html-report';
import { foreignNote } from '../fit/order-currencies.js';
import type { Cell } from './cells.js';
import type { Evaluation } from './evaluation.js';
import { method } from './evaluation-text.js';
import type { ScoreName } from './scores.js';

const names: Readonly<Record<ScoreName, string>> = {
  expectedPurchases: 'expected purchases',
  aliveProbability: 'P(alive)',
  stageAndHealth: 'stage and health',
  allFacts: 'all facts',
  recency: 'recency alone',
  frequency: 'frequency alone',
};

const day = 86_400_000;
const interval = ({ value, low, high }: Estimate): Interval => ({ estimate: value, low, high });

/** The evaluation as one HTML file. */
export function evaluationReport(found: Evaluation, origin: readonly (readonly [string, string])[]): string {
  const { definition, calibratedUntil, until, scores, tracking, all } = found;
  const best = scores.find(({ score }) => score === 'expectedPurchases')!;
  const standing = scores.find(({ score }) => score === 'stageAndHealth')!;
  return renderReport({
    title: `Do the stages of ${definition} mean what they say?`,
    subtitle: `${found.customers} customers as known on ${calibratedUntil}, and what they did until ${until}`,
    notice:
      'Everything on the left of the cut was known then, everything told is what came later. It shows how customers who stood alike behaved, not what any action did to them.',
    figures: [
      { label: 'bought again', value: interval(all.repeatRate), format: 'share' },
      { label: 'AUC of stage and health', value: interval(standing.auc), format: 'decimal' },
      { label: 'AUC of expected purchases', value: interval(best.auc), format: 'decimal' },
    ],
    sections: [
      {
        heading: 'Stages',
        text: `The cycle in force was ${found.cycle} days. Intervals hold 95 of 100 bootstrap samples; of a cell with fewer than 50 customers not much can be said. ${foreignNote(found.foreignOrders, found.currency) ?? ''}`.trim(),
        content: [
          {
            kind: 'bars',
            title: 'Who bought again, by stage',
            description: 'Share of the customers of each stage at the cut who bought again by the end.',
            value: { label: 'bought again', format: 'share' },
            categories: found.stages.map(({ name }) => name),
            series: [
              { name: 'bought again', values: found.stages.map(({ repeatRate }) => interval(repeatRate)) },
            ],
          },
          cellTable('By stage and health', found.standings),
          ...(found.dissolvedFrom.length > 0
            ? [cellTable('Dissolved, by the stage before', found.dissolvedFrom)]
            : []),
        ],
      },
      {
        heading: 'Scores',
        text: `How well each tells who buys again. ${method}`,
        content: [
          {
            kind: 'table',
            columns: [
              { label: 'score' },
              { label: 'AUC', format: 'decimal' },
              { label: 'over expected purchases', format: 'decimal' },
              { label: 'Brier', format: 'decimal' },
            ],
            rows: scores.map(({ score, auc, over, brier }) => [
              names[score],
              interval(auc),
              score === 'expectedPurchases' ? undefined : interval(over),
              brier,
            ]),
            note: 'Brier: mean squared distance of the probability told from what came; less is better. Ranks have none.',
          },
          {
            kind: 'reliability',
            title: 'What was told, and what came',
            description:
              'Customers in ten bins by the probability told to buy again, against the share who did.',
            series: scores.flatMap(({ score, reliability }) =>
              reliability ? [{ name: names[score], bins: reliability }] : [],
            ),
          },
        ],
      },
      {
        heading: 'Purchases expected',
        text: `MBG/NBD fitted on ${found.fittedOn} customers until ${calibratedUntil}.`,
        content: [
          {
            kind: 'lines',
            title: 'Repeat purchases of all customers',
            description:
              'Cumulative repeat purchases by week, as the model has them from the first purchases alone, and as they were.',
            x: { label: 'week ending', format: 'time' },
            y: { label: 'repeat purchases', format: 'count' },
            series: [
              { name: 'actual', points: tracking.map((it) => ({ x: it.day * day, y: it.actual })) },
              {
                name: 'expected',
                dashed: true,
                points: tracking.map((it) => ({ x: it.day * day, y: it.expected })),
              },
            ],
          },
          {
            kind: 'table',
            title: 'After the cut, by repeat purchases before it',
            columns: [
              { label: 'repeats before' },
              { label: 'customers', format: 'count' },
              { label: 'expected', format: 'decimal' },
              { label: 'actual', format: 'decimal' },
            ],
            rows: found.byFrequency.map((it) => [it.frequency, it.customers, it.expected, it.actual]),
          },
        ],
      },
    ],
    origin,
  });
}

const cellTable = (title: string, cells: readonly Cell[]): Table => ({
  kind: 'table',
  title,
  columns: [
    { label: 'customers who were in' },
    { label: 'customers', format: 'count' },
    { label: 'bought again', format: 'share' },
    { label: 'spend', format: 'decimal' },
    { label: 'lift', format: 'decimal' },
  ],
  rows: cells.map(({ name, customers, repeatRate, spend, lift }) => [
    name,
    customers,
    interval(repeatRate),
    interval(spend),
    interval(lift),
  ]),
});
