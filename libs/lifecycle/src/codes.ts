import { createHash, createHmac } from 'node:crypto';
import type { CouponCodes } from './coupon.js';

/** Crockford's base32: no letter that is read for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;

/**
 * Codes that nobody can guess: the first 60 bits of HMAC-SHA-256 (RFC 2104) of the coupon's id under the secret, as 12
 * base32 characters. `keyId` tells which secret it was, without giving it away.
 */
export function couponCodes(secret: string): CouponCodes {
  const keyId = createHash('sha256').update(`coupon-key:${secret}`).digest('hex').slice(0, 8);
  return (couponId) => {
    const bytes = createHmac('sha256', secret).update(couponId).digest();
    let bits = bytes.readBigUInt64BE(0) >> 4n;
    let code = '';
    for (let i = 0; i < length; i++, bits >>= 5n) code = digits[Number(bits & 31n)]! + code;
    return { code, keyId };
  };
}
