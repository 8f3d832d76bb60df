import { area, stack, stackOffsetExpand, type SeriesPoint } from 'd3-shape';
import { drawAxes, extent, plot, plotHeight, scaleOf } from './axes.js';
import { framed, legendOf, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import type { Shares } from './picture.js';

const share = { label: 'share', format: 'share' } as const;

export function drawShares(picture: Shares, sheet: Sheet): Markup {
  const { at, series } = picture;
  const names = series.map(({ name }) => name);
  const colours = sheet.colours.of(names);
  const x = scaleOf(picture.x, extent(at), [plot.left, plot.right], 8);
  const y = scaleOf(share, [0, 1], [plot.bottom, plot.top], 5);
  const valueAt = (row: number, i: number) => Math.max(0, series[i]?.values[row] ?? 0);
  const layers = stack<unknown, number, number>()
    .keys(series.keys())
    .value((row, i) => valueAt(row, i))
    .offset(stackOffsetExpand)([...at.keys()]);
  const shape = area<SeriesPoint<number>>(
    ({ data }) => x(at[data] ?? 0),
    (point) => y(point[0]),
    (point) => y(point[1]),
  ).defined((point) => Number.isFinite(point[0]) && Number.isFinite(point[1]));
  const drawn = layers.map(
    (layer, i) => markup`<path class="layer ${colours.get(names[i] ?? '')}" d="${shape(layer) ?? ''}"/>`,
  );
  return framed(sheet, {
    ...picture,
    height: plotHeight,
    legend: legendOf(colours),
    drawing: [drawn, drawAxes(x, picture.x, y, share)],
    columns: [
      { label: picture.x.label, format: picture.x.format },
      ...names.map((label) => ({ label, format: picture.value.format })),
    ],
    rows: at.map((each, row) => [each, ...series.map((_, i) => series[i]?.values[row])]),
  });
}
