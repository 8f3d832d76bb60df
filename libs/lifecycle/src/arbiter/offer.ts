import type { InputEvent, KnownInputEvent } from '#contracts';
import type { Pending } from './contacts.js';

/** The one offer that a customer holds. `until`: when it lapses, ms. */
export interface OpenOffer {
  readonly actionId: string;
  readonly until: number;
  /** The code by which it is redeemed, where it has one. */
  readonly code?: string;
}

/** What a let-through proposal leaves open; undefined where it offers nothing. */
export function offerOf({
  kind,
  actionId,
  offerUntil,
  expiresAt,
  variables,
}: Pending): OpenOffer | undefined {
  if (kind !== 'offer') return undefined;
  const { code } = variables;
  return { actionId, until: offerUntil ?? expiresAt, ...(typeof code === 'string' && { code }) };
}

/** The offer as it stands after the event: lapsed, declined, redeemed and undelivered ones are gone. */
export function stillOpen(
  offer: OpenOffer | undefined,
  now: number,
  event: InputEvent | undefined,
): OpenOffer | undefined {
  return offer && offer.until > now && !ended(offer, event as KnownInputEvent | undefined)
    ? offer
    : undefined;
}

function ended({ actionId, code }: OpenOffer, event: KnownInputEvent | undefined): boolean {
  switch (event?.type) {
    case 'offer.declined.v1':
    case 'message.failed.v1':
    case 'message.bounced.v1':
      return event.data.actionId === actionId;
    case 'coupon.redeemed.v1':
      return event.data.couponId === actionId || (code !== undefined && event.data.code === code);
    case 'order.completed.v1':
      return code !== undefined && event.data.coupon === code;
    default:
      return false;
  }
}
