import { drawAxes, extent, scaleOf, type Plot } from './axes.js';
import { cellText, estimateOf, formatted, shortly } from './format.js';
import { clipped, framed, legendOf, width, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import type { Bars } from './picture.js';
import type { Interval } from './value.js';

const left = 200;
const thick = 18;
const gap = 14;

export function drawBars(picture: Bars, sheet: Sheet): Markup {
  const { categories, series, value } = picture;
  const group = thick * Math.max(1, series.length) + gap;
  const plot: Plot = { left, right: width - 90, top: 10, bottom: 16 + categories.length * group };
  const colours = sheet.colours.of(series.map(({ name }) => name));
  const all = series.flatMap(({ values }) => values.flatMap(ends));
  const x = scaleOf(value, extent(all, [0]), [plot.left, plot.right], 6);
  const nothing = Object.assign(() => 0, { ticks: [] });
  const drawn = categories.map((category, row) => {
    const y = plot.top + row * group + gap / 2;
    const bars = series.map(({ name, values }, i) => {
      const bar = values[row];
      return bar === undefined ? undefined : drawBar(bar, colours.get(name) ?? '', y + i * thick);
    });
    return markup`<text class="end" x="${left - 10}" y="${y + (thick * series.length) / 2 + 4}">${clipped(category, 25)}</text>${bars}`;
  });
  function drawBar(bar: number | Interval, colour: string, y: number): Markup {
    const estimate = estimateOf(bar) ?? 0;
    if (!Number.isFinite(estimate)) return markup``;
    const [from, to] = [Math.min(x(0), x(estimate)), Math.max(x(0), x(estimate))];
    const high = bounded(bar) ? Math.max(x(bar.high), to) : to;
    const middle = y + (thick - 3) / 2;
    const whisker = bounded(bar)
      ? markup`<path class="whisker" d="M${x(bar.low)} ${middle}H${x(bar.high)}M${x(bar.low)} ${middle - 4}v8M${x(bar.high)} ${middle - 4}v8"/>`
      : undefined;
    return markup`<rect class="fill ${colour}" x="${from}" y="${y}" width="${Math.max(0.5, to - from)}" height="${thick - 3}" rx="2"><title>${cellText(bar, value.format)}</title></rect>${whisker}<text class="start" x="${high + 7}" y="${middle + 4}">${Math.abs(estimate) < 1e6 ? formatted(estimate, value.format) : shortly(estimate, value.format)}</text>`;
  }
  return framed(sheet, {
    ...picture,
    height: plot.bottom + 46,
    legend: series.length > 1 ? legendOf(colours) : undefined,
    drawing: [
      drawAxes(x, value, nothing, { label: '', format: 'count' }, plot),
      markup`<path class="axis" d="M${x(0)} ${plot.top}V${plot.bottom}"/>`,
      drawn,
    ],
    columns: [{ label: '' }, ...series.map(({ name }) => ({ label: name, format: value.format }))],
    rows: categories.map((category, row) => [category, ...series.map(({ values }) => values[row])]),
  });
}

const bounded = (value: number | Interval): value is Interval =>
  typeof value === 'object' && Number.isFinite(value.low) && Number.isFinite(value.high);

const ends = (value: number | Interval | undefined) =>
  typeof value === 'object' ? [value.low, value.estimate, value.high] : [value];
