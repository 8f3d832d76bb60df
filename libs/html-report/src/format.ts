import type { Cell, Interval, NumberFormat } from './value.js';

const unknown = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number in full, as a table shows it; what is not finite is unknown. */
export function formatted(value: number, format: NumberFormat): string {
  if (!Number.isFinite(value)) return unknown;
  if (format === 'time') return day(value);
  if (Math.abs(value) >= tooLong) return value.toExponential(3);
  if (format === 'count') return whole.format(value);
  if (format === 'decimal') return decimal.format(value);
  if (format === 'share') return percent.format(value);
  return money(value, format.currency);
}

/** A number short enough for an axis. */
export function shortly(value: number, format: NumberFormat): string {
  if (Math.abs(value) < 10_000 || format === 'share' || format === 'time') return formatted(value, format);
  const number = compact.format(value);
  return typeof format === 'object' ? `${number} ${format.currency}` : number;
}

export function cellText(cell: Cell, format: NumberFormat | undefined): string {
  if (cell === undefined || cell === '') return unknown;
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return formatted(cell, format ?? 'decimal');
  const { estimate, low, high } = cell;
  const inWords = (value: number) => formatted(value, format ?? 'decimal');
  return `${inWords(estimate)} (${inWords(low)} to ${inWords(high)})`;
}

export const estimateOf = (value: number | Interval | undefined): number | undefined =>
  typeof value === 'object' ? value.estimate : value;

/** From here on digits say less than the exponent. */
const tooLong = 1e16;
const farthest = 8.64e15;
const day = (at: number) => (Math.abs(at) > farthest ? unknown : new Date(at).toISOString().slice(0, 10));

function money(value: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${decimal.format(value)} ${currency}`;
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' }).format(value);
}
