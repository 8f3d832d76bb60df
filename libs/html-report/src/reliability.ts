import { line } from 'd3-shape';
import { drawAxes, extent, scaleOf, type Plot } from './axes.js';
import { cellText, estimateOf } from './format.js';
import { framed, legendOf, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import type { Reliability } from './picture.js';

const plot: Plot = { left: 250, right: 630, top: 14, bottom: 394 };
const predicted = { label: 'predicted share', format: 'share' } as const;
const observed = { label: 'observed share', format: 'share' } as const;

type Bin = Reliability['series'][number]['bins'][number];

const drawable = ({ predicted, observed, count }: Bin) => {
  const numbers =
    typeof observed === 'object' ? [observed.estimate, observed.low, observed.high] : [observed];
  return [predicted, ...numbers, count].every(Number.isFinite);
};

export function drawReliability(picture: Reliability, sheet: Sheet): Markup {
  const series = picture.series.map((each) => ({ ...each, bins: each.bins.filter(drawable) }));
  const bins = series.flatMap((each) => each.bins);
  const colours = sheet.colours.of(series.map(({ name }) => name));
  const [, most] = extent(
    bins.flatMap(({ predicted, observed }) => [
      predicted,
      typeof observed === 'object' ? observed.high : observed,
    ]),
    [0],
  );
  const x = scaleOf(predicted, [0, most], [plot.left, plot.right], 5);
  const y = scaleOf(observed, [0, most], [plot.bottom, plot.top], 5);
  const largest = Math.max(1, ...bins.map(({ count }) => (Number.isFinite(count) ? count : 0)));
  const path = line<Bin>(
    (bin) => x(bin.predicted),
    (bin) => y(estimateOf(bin.observed) ?? 0),
  );
  const drawn = series.map(({ name, bins }) => {
    const colour = colours.get(name) ?? '';
    const dots = bins.map(({ predicted, observed, count }) => {
      const whisker =
        typeof observed === 'object'
          ? markup`<path class="stroke thin ${colour}" d="M${x(predicted)} ${y(observed.low)}V${y(observed.high)}"/>`
          : undefined;
      const text = `${name}: predicted ${cellText(predicted, 'share')}, observed ${cellText(observed, 'share')}, ${cellText(count, 'count')}`;
      return markup`${whisker}<circle class="fill ${colour}" cx="${x(predicted)}" cy="${y(estimateOf(observed) ?? 0)}" r="${3 + 6 * Math.sqrt(count / largest)}"><title>${text}</title></circle>`;
    });
    return markup`<path class="stroke thin ${colour}" d="${path(bins) ?? ''}"/>${dots}`;
  });
  const diagonal = markup`<path class="axis dashed" d="M${x(0)} ${y(0)}L${x(most)} ${y(most)}"/>`;
  return framed(sheet, {
    ...picture,
    height: plot.bottom + 46,
    legend: legendOf(colours),
    drawing: [drawAxes(x, predicted, y, observed, plot), diagonal, drawn],
    columns: [
      { label: 'model' },
      { label: 'predicted', format: 'share' },
      { label: 'observed', format: 'share' },
      { label: 'customers', format: 'count' },
    ],
    rows: picture.series.flatMap(({ name, bins }) =>
      bins.map(({ predicted, observed, count }) => [name, predicted, observed, count]),
    ),
  });
}
