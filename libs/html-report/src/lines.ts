import { area, line } from 'd3-shape';
import { drawAxes, extent, plot, plotHeight, scaleOf } from './axes.js';
import { framed, legendOf, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import type { Lines, LineSeries } from './picture.js';

type Point = LineSeries['points'][number];
const known = ({ x, y }: Point) => Number.isFinite(x) && y !== undefined && Number.isFinite(y);

const bounded = ({ low, high }: Point) => Number.isFinite(low) && Number.isFinite(high);

export function drawLines(picture: Lines, sheet: Sheet): Markup {
  const { series } = picture;
  const points = series.flatMap((each) => each.points);
  const colours = sheet.colours.of(series.map(({ name }) => name));
  const x = scaleOf(picture.x, extent(points.map((p) => p.x)), [plot.left, plot.right], 8);
  const bounds = extent(
    points.flatMap((p) => [p.y, p.low, p.high]),
    [0],
  );
  const y = scaleOf(picture.y, bounds, [plot.bottom, plot.top], 5);
  const path = line<Point>(
    (p) => x(p.x),
    (p) => y(p.y ?? 0),
  ).defined(known);
  const band = area<Point>(
    (p) => x(p.x),
    (p) => y(p.low ?? p.y ?? 0),
    (p) => y(p.high ?? p.y ?? 0),
  ).defined((p) => known(p) && bounded(p));
  // What is dashed lies above, so that two lines that are one are seen to be two.
  const below = series.filter(({ dashed }) => dashed !== true);
  const drawn = [...below, ...series.filter((each) => !below.includes(each))].map(
    ({ name, points, dashed }) => {
      const colour = colours.get(name) ?? '';
      const alone = points.length === 1 ? points.filter(known) : [];
      return markup`${points.some(bounded) ? markup`<path class="bounds ${colour}" d="${band(points) ?? ''}"/>` : undefined}<path class="stroke ${colour}${dashed === true ? ' dashed' : ''}" d="${path(points) ?? ''}"/>${alone.map((p) => markup`<circle class="fill ${colour}" cx="${x(p.x)}" cy="${y(p.y ?? 0)}" r="4"/>`)}`;
    },
  );
  const dashed = new Set(series.filter((each) => each.dashed === true).map(({ name }) => name));
  return framed(sheet, {
    ...picture,
    height: plotHeight,
    legend: legendOf(colours, dashed),
    drawing: [drawAxes(x, picture.x, y, picture.y), drawn],
    ...table(picture),
  });
}

/** One row for each x, one column for each series. */
function table({ x, y, series }: Lines) {
  const at = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort(
    (a, b) => a - b,
  );
  const found = series.map(({ points }) => new Map(points.map((point) => [point.x, point])));
  const cell = (point: Point | undefined) => {
    if (point?.y === undefined || point.low === undefined || point.high === undefined) return point?.y;
    return { estimate: point.y, low: point.low, high: point.high };
  };
  return {
    columns: [
      { label: x.label, format: x.format },
      ...series.map(({ name }) => ({ label: name, format: y.format })),
    ],
    rows: at.map((each) => [each, ...found.map((points) => cell(points.get(each)))]),
  };
}
