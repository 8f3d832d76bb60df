import type { Suppression, PublishedRecord } from '../types.js';
import { preferredAction } from './action.js';
import type { Contacts } from './contacts.js';
import { couponVoided, type CouponContext } from './coupons.js';
import type { SuppressionReason } from './reasons.js';

/** Ends everything that waits or is open, as for an erased customer. */
export function withdrawContacts(
  { pending, offer }: Contacts,
  context: CouponContext,
): { readonly suppressed: readonly Suppression[]; readonly records: readonly PublishedRecord[] } {
  const reason: SuppressionReason = 'overtaken';
  const voided = offer && couponVoided(offer, 'erased', context);
  return {
    suppressed: pending.map((proposal) => ({ action: preferredAction(proposal), reason })),
    records: voided ? [voided] : [],
  };
}
