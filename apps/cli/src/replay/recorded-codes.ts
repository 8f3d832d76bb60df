import { topicName } from '#contracts';
import type { CouponCodes } from '#lifecycle';
import type { EventLog } from '#pipeline';

type CouponCode = ReturnType<CouponCodes>;

/** Coupon codes as the ledger holds them. */
export interface RecordedCodes {
  /** Absent where no coupon bears a code. One that the ledger does not hold is `unknown`. */
  readonly codes?: CouponCodes;
  readonly count: number;
}

interface Issued {
  readonly type: string;
  readonly data: { readonly couponId: string } & Partial<CouponCode>;
}

/**
 * The codes of all coupons that were ever issued, or of those of one partition's customers. They are functions of a secret
 * that whoever replays need not have, and that may have been another one meanwhile, so they are taken as recorded.
 */
export async function recordedCodes(log: EventLog, prefix: string, only?: number): Promise<RecordedCodes> {
  const topic = topicName(prefix, 'loyalty.ledger.v1');
  const known = new Map<string, CouponCode>();
  for (const [partition, { start, end }] of (await log.range(topic)).entries()) {
    if (only !== undefined && partition !== only) continue;
    for await (const records of log.read(topic, partition, start, end))
      for (const { value } of records) {
        if (!value?.includes('coupon.issued.v1')) continue;
        const { type, data } = JSON.parse(value.toString()) as Issued;
        const { couponId, code, keyId } = data;
        if (type === 'coupon.issued.v1' && code !== undefined && keyId !== undefined)
          known.set(couponId, { code, keyId });
      }
  }
  if (known.size === 0) return { count: 0 };
  return { codes: (id) => known.get(id) ?? { code: 'unknown', keyId: 'unknown' }, count: known.size };
}
