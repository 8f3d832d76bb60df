import { facts as catalogue, type FactName, type FactSpec } from '#contracts';
import { day } from '../facts/calendar.js';

const specs: Readonly<Record<string, FactSpec>> = catalogue;

/** What the catalogue says of a fact; undefined for a programme's own words in its evidence. */
export const factSpec = (name: string): FactSpec | undefined => specs[name];

const odd: Readonly<Partial<Record<FactName, string>>> = {
  stageSince: 'the beginning of the stage',
  healthSince: 'the beginning of the health',
  overdueAt: 'the moment of being overdue',
  overdueAfter: 'the silence that makes overdue',
  endedAt: 'the end by the supplier',
  aliveProbability: 'probability of being alive',
  leavingAt: 'the moment of leaving',
};

/** A fact's name as plain words: `firstPurchaseAt` is "first purchase". */
export function factInWords(name: string): string {
  const known = odd[name as FactName];
  if (known !== undefined) return known;
  const bare = factSpec(name)?.kind === 'time' ? name.replace(/At$/, '') : name;
  return bare
    .replace(
      /([a-z0-9])([A-Z])/g,
      (_, before: string, capital: string) => `${before} ${capital.toLowerCase()}`,
    )
    .replace(/\bnps\b/, 'NPS')
    .replace(/\bcsat\b/, 'CSAT');
}

/** A fact's value with its unit; times as days from `at` (ms) and the date in UTC. A person's name or birthday is never said. */
export function valueInWords(name: string, value: unknown, at: number): string {
  const spec = factSpec(name);
  if (spec?.personal) return 'not shown';
  if (value === undefined || value === null) return 'unknown';
  switch (spec?.kind) {
    case 'number':
      return typeof value === 'number' ? amountInWords(name, value) : plain(value);
    case 'time':
      return typeof value === 'number' ? timeInWords(value, at) : plain(value);
    default:
      return plain(value);
  }
}

/** A number with the fact's unit, unless the fact's name says it: "escalated cases" are "2". */
export function amountInWords(name: string, value: number): string {
  const unit = factSpec(name)?.unit ?? '';
  return factInWords(name).includes(unit) ? numberInWords(value) : quantity(value, unit);
}

/** Whether a fact's name is a plural: purchases, open cases, days in stage. */
export const isPlural = (name: string): boolean =>
  factSpec(name)?.kind === 'number' && /^[a-z]+s\b|[a-z]s$/.test(factInWords(name));

/** Such as "1 day per cycle", "3 orders", "7 (0 to 10)". */
export function quantity(value: number, unit: string): string {
  const number = numberInWords(value);
  const [first = '', ...rest] = unit.split(' ');
  if (!/^[a-z]+s$/.test(first) || unit === 'times')
    return unit === 'times' ? `${number} ×` : `${number} (${unit})`;
  return [number, value === 1 ? singular(first) : first, ...rest].join(' ');
}

const singular = (word: string) => word.replace(/ies$/, 'y').replace(/s$/, '');

export const numberInWords = (value: number): string => String(Number(value.toFixed(3)));

/** Days with one digit after the point. */
export const daysInWords = (days: number): string => quantity(Math.round(days * 10) / 10, 'days');

export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Such as "120 days ago (2026-03-01)". */
export function timeInWords(ms: number, at: number): string {
  const days = (at - ms) / day;
  const distance = days >= 0 ? `${daysInWords(days)} ago` : `in ${daysInWords(-days)}`;
  return `${distance} (${dateOf(ms)})`;
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ');
  if (typeof value !== 'object' || value === null) return 'unknown';
  const entries = Object.entries(value);
  return entries.length === 0 ? 'none' : entries.map(([key, it]) => `${key} ${plain(it)}`).join(', ');
}
