import type { Estimate } from '#analysis';
import { renderReport, type Interval } from '#html-report';
import { verdictText } from './effects-text.js';
import { foreignNote } from '../../fit/order-currencies.js';
import type { Effects } from './programmes.command.js';

const interval = ({ value, low, high }: Estimate): Interval => ({ estimate: value, low, high });

/** What programmes did, as one HTML file. */
export function effectsReport(effects: Effects): string {
  const { within, detect, currency, acquisitionCost, programmes } = effects;
  const money = currency === undefined ? ('decimal' as const) : { currency };
  return renderReport({
    title: 'What programmes do',
    subtitle: `In the ${within} days after a programme's first action`,
    notice:
      'Treated and held-out customers were told apart by lot at the moment at which nothing else stood in the way of the action. What differs between them is the effect, within the interval.',
    ...(acquisitionCost !== undefined && {
      figures: [{ label: 'winning a new customer costs', value: acquisitionCost, format: money }],
    }),
    sections: [
      {
        heading: 'Programmes',
        content: [
          {
            kind: 'bars',
            title: 'Difference in the repeat rate',
            description:
              'Share of the treated who bought again less that of those held out, with 95 % intervals.',
            value: { label: 'difference', format: 'share' },
            categories: programmes.map(({ programme }) => programme),
            series: [
              { name: 'difference', values: programmes.map(({ repeatRate }) => interval(repeatRate)) },
            ],
          },
          {
            kind: 'table',
            columns: [
              { label: 'programme' },
              { label: 'treated', format: 'count' },
              { label: 'held out', format: 'count' },
              { label: 'bought again, treated', format: 'share' },
              { label: 'held out', format: 'share' },
              { label: 'difference', format: 'share' },
              { label: 'difference in spend', format: money },
              { label: 'verdict' },
              { label: 'cost per retained', format: money },
            ],
            rows: programmes.map((it) => [
              it.programme,
              it.treated.customers,
              it.control.customers,
              it.treated.repeatRate,
              it.control.repeatRate,
              interval(it.repeatRate),
              interval(it.spend),
              verdictText(it),
              it.costPerRetained && interval(it.costPerRetained),
            ]),
            note: `Groups are large enough to see a difference of ${(100 * detect).toFixed(1)} points four times in five where there is a verdict. ${foreignNote(effects.foreignOrders, currency) ?? ''}`.trim(),
          },
        ],
      },
    ],
    origin: [['command', `perennial evaluate --programmes --within ${within} --detect ${detect}`]],
  });
}
