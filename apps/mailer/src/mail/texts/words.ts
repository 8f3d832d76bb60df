/** `value` between the two, where it is a word to be said; else nothing. */
export const label = (value: unknown, before = '', after = ''): string =>
  typeof value === 'string' && value.trim() !== '' ? `${before}${value}${after}` : '';

/** The day of a time in ISO 8601, between the two. */
export const dayOf = (time: unknown, before: string, after: string): string =>
  typeof time === 'string' ? `${before}${time.slice(0, 10)}${after}` : '';

/** `a, b and c`; codes such as `free-delivery` as words. Empty where it is no list or an empty one. */
export function listOf(values: unknown): string {
  const words = Array.isArray(values) ? values.map((value) => String(value).replaceAll('-', ' ')) : [];
  const last = words.pop();
  return last === undefined ? '' : [words.join(', '), last].filter(Boolean).join(' and ');
}

/** `7.50 EUR`; `otherwise` where the amount is not known. */
export const money = (amount: unknown, currency: unknown, otherwise: string): string =>
  typeof amount === 'number'
    ? `${Number.isInteger(amount) ? amount : amount.toFixed(2)}${label(currency, ' ')}`
    : otherwise;

/** `1 point`, `500 points`; `otherwise` where the number is not known. */
export const pointsOf = (points: unknown, otherwise: string): string =>
  typeof points === 'number' ? `${points} ${points === 1 ? 'point' : 'points'}` : otherwise;

/** What the discount is, on what condition, by which code, and until when. */
export function discount({ percent, terms, code, until }: Readonly<Record<string, unknown>>): string {
  const amount = typeof percent === 'number' ? `${percent} % off` : 'a discount on';
  const { minimum, only } = (terms ?? {}) as { readonly minimum?: number; readonly only?: string };
  const what = only === 'regular-price' ? 'everything at its regular price' : 'your order';
  const from = minimum === undefined ? '' : `, from a purchase of ${minimum} on`;
  return `${amount} ${what}${from}.${label(code, ' Your code is ', '.')}${dayOf(until, ' It is good until ', '.')}`;
}
