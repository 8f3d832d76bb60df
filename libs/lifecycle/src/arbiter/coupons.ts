import { formatTime, hashId, type KnownInputEvent } from '#contracts';
import type { CouponCodes } from '../coupon.js';
import type { Evidence, Publication, PublishedRecord } from '../types.js';
import type { Pending } from './contacts.js';
import { isRedeemedBy, type OpenOffer } from './offer.js';

/** For whom, by what and when something became of a coupon. `causeId` is the identity of the event or timer, `now` in ms. */
export interface CouponContext {
  readonly customer: string;
  /** `name@version`. */
  readonly definition: string;
  readonly causeId: string;
  readonly now: number;
  readonly codes?: CouponCodes | undefined;
}

/** The entry for a coupon that goes out with a let-through offer; undefined where the offer has none. */
export function couponIssued(
  { actionId, coupon, offerUntil, expiresAt, evidence }: Pending,
  context: CouponContext,
): PublishedRecord | undefined {
  if (!coupon) return undefined;
  const data = {
    couponId: actionId,
    ...context.codes?.(actionId),
    terms: { ...coupon },
    expiresAt: formatTime(offerUntil ?? expiresAt),
  };
  return entry({ type: 'coupon.issued.v1', data, evidence }, actionId, context);
}

/** The entry for a coupon whose offer is no longer open, by what the event did or else by time. */
export function couponEnded(
  offer: OpenOffer | undefined,
  event: KnownInputEvent | undefined,
  withdrawn: readonly string[],
  context: CouponContext,
): PublishedRecord | undefined {
  if (!offer?.coupon) return undefined;
  const { actionId, code } = offer;
  const data = { couponId: actionId, ...(code !== undefined && { code }) };
  if (event && isRedeemedBy(offer, event)) {
    const orderId = 'orderId' in event.data ? event.data.orderId : undefined;
    return entry(
      {
        type: 'coupon.redeemed.v1',
        data: { ...data, ...(orderId !== undefined && { orderId }) },
        evidence: because('coupon.redeemed', context),
      },
      actionId,
      context,
    );
  }
  if (offer.until <= context.now)
    return entry(
      { type: 'coupon.expired.v1', data, evidence: because('coupon.expired', context) },
      actionId,
      context,
    );
  return couponVoided(offer, voidReason(event, actionId, withdrawn), context);
}

/** The entry for a coupon that is taken back. */
export function couponVoided(
  { actionId, code, coupon }: OpenOffer,
  reason: string,
  context: CouponContext,
): PublishedRecord | undefined {
  if (!coupon) return undefined;
  const data = { couponId: actionId, ...(code !== undefined && { code }), reason };
  return entry(
    { type: 'coupon.voided.v1', data, evidence: because('coupon.voided', context) },
    actionId,
    context,
  );
}

function voidReason(
  event: KnownInputEvent | undefined,
  actionId: string,
  withdrawn: readonly string[],
): string {
  if (withdrawn.includes(actionId)) return 'withdrawn';
  return event?.type === 'offer.declined.v1' ? 'declined' : 'undelivered';
}

const because = (rule: string, { causeId }: CouponContext): Evidence => ({
  rule,
  facts: {},
  causes: [causeId],
});

/** Each of the four can happen to a coupon once, whatever brought it about. */
function entry(
  publication: Publication,
  couponId: string,
  { customer, definition, now }: CouponContext,
): PublishedRecord {
  const id = hashId('coupon', customer, definition, publication.type, couponId);
  return { ...publication, id, subject: customer, at: now };
}
