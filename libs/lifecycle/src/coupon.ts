/** What a coupon gives and on what condition, such as `{ percent: 12, only: 'regular-price' }`. */
export type CouponTerms = Readonly<Record<string, unknown>>;

/** A code and the name of the secret under which it was made. */
export interface CouponCode {
  readonly code: string;
  readonly keyId: string;
}

/** The code of a coupon, by its id; a pure function. */
export type CouponCodes = (couponId: string) => CouponCode;
