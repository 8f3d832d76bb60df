import type { Report } from './report.js';

const stages = ['exploration', 'awareness', 'expansion', 'commitment', 'dissolution'];
const month = (i: number) => Date.UTC(2026, i);
const months = Array.from({ length: 13 }, (_, i) => month(i));

const flows = [
  ...[
    ['exploration', 'exploration', 3120],
    ['exploration', 'awareness', 214],
    ['exploration', 'dissolution', 61],
    ['awareness', 'awareness', 1840],
    ['awareness', 'expansion', 402],
    ['awareness', 'exploration', 77],
    ['expansion', 'expansion', 2210],
    ['expansion', 'commitment', 350],
    ['expansion', 'awareness', 128],
    ['commitment', 'commitment', 4105],
    ['commitment', 'expansion', 233],
    ['dissolution', 'dissolution', 980],
    ['dissolution', 'awareness', 88],
  ],
].map(([from, to, value]) => ({ from: String(from), to: String(to), value: Number(value) }));

const share = (estimate: number, within: number) => ({
  estimate,
  low: estimate - within,
  high: estimate + within,
});

/** One of each kind of content, with made-up figures. */
export const specimen: Report = {
  title: 'What if retail@2 had been in force?',
  subtitle: '13,808 customers, 2026-01-01 to 2026-12-31, compared with what was recorded under retail@1',
  notice:
    'Behaviour is held as recorded: customers here buy, click and complain exactly as they did. This shows contacts and costs, not effects.',
  figures: [
    { label: 'customers who would have moved', value: 1553, format: 'count', note: '11.2 % of 13,808' },
    { label: 'messages per customer and month', value: 0.84, format: 'decimal', note: 'recorded: 1.12' },
    {
      label: 'cost of actions',
      value: 48_211.5,
      format: { currency: 'EUR' },
      note: 'recorded: EUR 61,020.00',
    },
    { label: 'busiest programme', value: 'win-back', note: '31 % of all requests' },
  ],
  sections: [
    {
      heading: 'Where customers would have stood',
      text: 'Grey bands are customers for whom nothing changes. A coloured band has the colour of the stage that was recorded.\n\nStages are those of the last day.',
      content: [
        {
          kind: 'sankey',
          title: 'Stage on the last day',
          description: 'From the stage recorded under retail@1 to the stage under retail@2, in customers.',
          sides: ['recorded (retail@1)', 'candidate (retail@2)'],
          value: { label: 'customers', format: 'count' },
          order: stages,
          flows,
        },
        {
          kind: 'flowMatrix',
          title: 'The same flow as a matrix',
          description:
            'Customers by recorded stage (rows) and candidate stage (columns); shaded by the share of the row.',
          sides: ['recorded (retail@1)', 'candidate (retail@2)'],
          value: { label: 'customers', format: 'count' },
          order: stages,
          flows,
        },
        {
          kind: 'shares',
          title: 'Stages over time under retail@2',
          description: 'Share of customers in each stage at the end of each month.',
          x: { label: 'month', format: 'time' },
          value: { label: 'customers', format: 'count' },
          at: months,
          series: stages.map((name, s) => ({
            name,
            values: months.map((_, i) => 400 + 90 * ((s * 3 + i * (s + 1)) % 11)),
          })),
        },
      ],
    },
    {
      heading: 'Retention',
      content: [
        {
          kind: 'lines',
          title: 'Customers who buy again',
          description: 'Share of customers who bought again within so many weeks of their first purchase.',
          x: { label: 'weeks since the first purchase', format: 'count' },
          y: { label: 'share', format: 'share' },
          series: [
            {
              name: 'candidate',
              points: Array.from({ length: 40 }, (_, i) => {
                const y = 0.72 * (1 - Math.exp(-i / 14));
                return { x: i, y, low: Math.max(0, y - 0.03), high: y + 0.03 };
              }),
            },
            {
              name: 'recorded',
              dashed: true,
              points: Array.from({ length: 40 }, (_, i) => ({ x: i, y: 0.66 * (1 - Math.exp(-i / 15)) })),
            },
          ],
        },
        {
          kind: 'bars',
          title: 'Requests by programme',
          description: 'Actions requested over the year under each definition.',
          value: { label: 'actions', format: 'count' },
          categories: ['win-back', 'follow-up', 'surveys', 'service recovery', 'loyalty'],
          series: [
            { name: 'candidate', values: [4210, 9120, 1200, 310, 15_090] },
            { name: 'recorded', values: [6120, 9087, 1180, 310, 15_120] },
          ],
        },
        {
          kind: 'bars',
          title: 'Difference of the repeat rate, treated less control',
          description:
            'By programme with 95 % intervals; an interval that holds 0 says that nothing can be told.',
          value: { label: 'difference', format: 'share' },
          categories: ['win-back', 'referral', 'surveys'],
          series: [
            { name: 'difference', values: [share(0.041, 0.018), share(0.012, 0.03), share(-0.008, 0.02)] },
          ],
        },
        {
          kind: 'reliability',
          title: 'Does a prediction mean what it says?',
          description:
            'Predicted against observed share of customers who buy again, by tenths of the prediction.',
          series: ['expected purchases', 'stage and health'].map((name, s) => ({
            name,
            bins: Array.from({ length: 10 }, (_, i) => ({
              predicted: 0.05 + i * 0.09,
              observed: share(0.04 + i * 0.09 + (s ? 0.03 : 0) * (i % 3), 0.03),
              count: 900 - 80 * i,
            })),
          })),
        },
      ],
    },
    {
      heading: 'Actions and costs',
      content: [
        {
          kind: 'table',
          title: 'By kind',
          columns: [
            { label: 'kind' },
            { label: 'recorded', format: 'count' },
            { label: 'candidate', format: 'count' },
            { label: 'cost recorded', format: { currency: 'EUR' } },
            { label: 'cost candidate', format: { currency: 'EUR' } },
            { label: 'suppressed', format: 'share' },
          ],
          rows: [
            ['message', 21_004, 17_110, 420.08, 342.2, 0.31],
            ['offer', 5100, 3902, 51_000, 39_020, 0.22],
            ['gift', 12, undefined, 240, undefined, share(0.1, 0.05)],
          ],
          note: 'Costs per kind are those of the definition.',
        },
        {
          kind: 'comparisons',
          title: 'Customers who differ most',
          sides: ['recorded (retail@1)', 'candidate (retail@2)'],
          items: [
            {
              name: 'household-900',
              summary: '7 actions more than recorded; commitment in place of expansion',
              left: ['2026-03-02 expansion by boughtOften', '2026-05-11 win-back suppressed: control group'],
              right: ['2026-02-19 expansion by boughtOften', '2026-04-30 commitment by boughtFaithfully'],
            },
            { name: 'household-1711', summary: 'no action at all', left: ['2026-06-01 survey'], right: [] },
          ],
          note: 'The first 2 of 1,553.',
        },
      ],
    },
  ],
  origin: [
    ['command', 'perennial replay --definition retail@2.yaml --against recorded --output html'],
    ['made', '2026-11-22, rules revision 7'],
  ],
};
