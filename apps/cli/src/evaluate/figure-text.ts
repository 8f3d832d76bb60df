import type { Estimate } from '#analysis';

/** A number with so many digits after the point; a dash for none. */
export const digits = (value: number, count = 3): string =>
  Number.isFinite(value) ? value.toFixed(count) : '–';

/** Such as "0.453 (0.417 to 0.489)". */
export const estimateText = ({ value, low, high }: Estimate, count = 3): string =>
  `${digits(value, count)} (${digits(low, count)} to ${digits(high, count)})`;
