/**
 * How a number is written. `count`: whole, grouped. `decimal`: up to three digits after the point. `share`: a fraction of 1
 * as per cent. `currency`: money with two digits, by its ISO 4217 code. `time`: ms since 1970 as a UTC date.
 */
export type NumberFormat = 'count' | 'decimal' | 'share' | 'time' | { readonly currency: string };

/** An estimate with the bounds of its interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** What stands in a table; `undefined` is unknown, shown as a dash. */
export type Cell = string | number | Interval | undefined;
