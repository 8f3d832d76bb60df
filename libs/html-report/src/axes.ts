import { scaleLinear, scaleUtc } from 'd3-scale';
import { shortly } from './format.js';
import { markup, type Markup } from './markup.js';
import type { Axis } from './picture.js';
import { width } from './frame.js';

/** Where a picture's coordinates lie in its drawing. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const plot: Plot = { left: 76, right: width - 20, top: 14, bottom: 286 };
export const plotHeight = 332;

export interface Scale {
  (value: number): number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Least and greatest of the finite values, widened where they are one; 0 to 1 where there is none. */
export function extent(
  values: Iterable<number | undefined>,
  including: readonly number[] = [],
): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of [...values, ...including]) {
    if (value === undefined || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - (low === 0 ? 0 : 0.5), high + (high === 0 ? 1 : 0.5)] : [low, high];
}

/** A scale of an axis with about `count` marks, from `from` to `to` in the drawing. */
export function scaleOf(
  { format }: Axis,
  domain: readonly [number, number],
  [from, to]: readonly [number, number],
  count: number,
): Scale {
  if (format === 'time') {
    const scale = scaleUtc(domain, [from, to]);
    const ticks = scale.ticks(count).map((at) => ({ at: scale(at), text: dateMark(at) }));
    return Object.assign((value: number) => scale(value), { ticks });
  }
  const scale = scaleLinear(domain, [from, to]).nice(count);
  const marks = scale.ticks(count).filter((at) => format !== 'count' || Number.isInteger(at));
  const ticks = marks.map((at) => ({ at: scale(at), text: shortly(at, format) }));
  return Object.assign((value: number) => scale(value), { ticks });
}

/** The largest unit of a calendar that begins at `at`. */
function dateMark(at: Date): string {
  const iso = at.toISOString();
  if (iso.endsWith('-01-01T00:00:00.000Z')) return iso.slice(0, 4);
  const [month = '', day = ''] = [monthName.format(at), String(at.getUTCDate())];
  if (iso.endsWith('T00:00:00.000Z')) return day === '1' ? month : `${day} ${month}`;
  return iso.slice(11, 16);
}

const monthName = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });

/** Grid, marks and labels of both axes. */
export function drawAxes(
  x: Scale,
  xAxis: Axis,
  y: Scale,
  yAxis: Axis,
  { left, right, top, bottom }: Plot = plot,
): Markup {
  const rows = y.ticks.map(
    ({ at, text }) =>
      markup`<path class="grid" d="M${left} ${at}H${right}"/><text class="end quiet" x="${left - 8}" y="${at + 4}">${text}</text>`,
  );
  const columns = x.ticks.map(
    ({ at, text }) =>
      markup`<path class="axis" d="M${at} ${bottom}v5"/><text class="mid quiet" x="${at}" y="${bottom + 20}">${text}</text>`,
  );
  const middle = (top + bottom) / 2;
  return markup`${rows}<path class="axis" d="M${left} ${bottom}H${right}"/>${columns}<text class="mid quiet" x="${(left + right) / 2}" y="${bottom + 40}">${xAxis.label}</text><text class="mid quiet" transform="translate(${left - 60} ${middle}) rotate(-90)">${yAxis.label}</text>`;
}
