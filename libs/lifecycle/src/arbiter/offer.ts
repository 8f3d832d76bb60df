import type { InputEvent, KnownInputEvent } from '#contracts';
import type { Pending } from './contacts.js';

/** The one offer that a customer holds. `until`: when it lapses, ms. */
export interface OpenOffer {
  readonly actionId: string;
  readonly until: number;
  /** The code by which it is redeemed, where it has one. */
  readonly code?: string;
  /** A coupon was issued with it; its id is the action's. */
  readonly coupon?: true;
}

/** What a let-through proposal leaves open; undefined where it offers nothing. */
export function offerOf(
  { kind, actionId, offerUntil, expiresAt, coupon, variables }: Pending,
  issued: string | undefined,
): OpenOffer | undefined {
  if (kind !== 'offer') return undefined;
  const until = offerUntil ?? expiresAt;
  const code = issued ?? variables['code'];
  return { actionId, until, ...(typeof code === 'string' && { code }), ...(coupon && { coupon: true }) };
}

/** The offer as it stands after the event: lapsed, declined, redeemed and undelivered ones are gone. */
export function stillOpen(
  offer: OpenOffer | undefined,
  now: number,
  event: InputEvent | undefined,
  withdrawn: readonly string[],
): OpenOffer | undefined {
  return offer &&
    offer.until > now &&
    !withdrawn.includes(offer.actionId) &&
    !ended(offer, event as KnownInputEvent | undefined)
    ? offer
    : undefined;
}

function ended(offer: OpenOffer, event: KnownInputEvent | undefined): boolean {
  if (event === undefined) return false;
  const { actionId } = offer;
  switch (event.type) {
    case 'offer.declined.v1':
    case 'message.failed.v1':
    case 'message.bounced.v1':
      return event.data.actionId === actionId;
    default:
      return isRedeemedBy(offer, event);
  }
}

/** Whether the event uses the offer: by the coupon's id or code, or by an order that names the code. */
export function isRedeemedBy({ actionId, code }: OpenOffer, event: KnownInputEvent): boolean {
  switch (event.type) {
    case 'coupon.redeemed.v1':
      return event.data.couponId === actionId || (code !== undefined && event.data.code === code);
    case 'order.completed.v1':
      return code !== undefined && event.data.coupon === code;
    default:
      return false;
  }
}
