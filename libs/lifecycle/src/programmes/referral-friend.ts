import type { DataOf, InputEventOf } from '#contracts';
import { nothing, type Decision, type Moment } from '../programme.js';
import { creditOf, trusted } from './referral-credit.js';
import { daysAfter, numberFact, readFacts } from './reading.js';
import type { ReferralSettings } from './referral-settings.js';

/** The referrer of one customer, the first and for ever. Orders since then, the first of them, until one was kept. */
export interface Joined {
  readonly referrer: string;
  readonly referralId?: string;
  /** ms */
  readonly at: number;
  readonly addressFingerprint?: string;
  readonly paymentFingerprint?: string;
  readonly orders: readonly (readonly [orderId: string, at: number])[];
}

/** `waiting`: for the first kept purchase. `asked`: the referrer's side was told. `over`: credited. */
export type Friend =
  | { readonly state: 'waiting'; readonly joined: Joined }
  | { readonly state: 'asked'; readonly referrer: string }
  | { readonly state: 'over' };

export type FriendStep = Omit<Decision<never>, 'memory'> & { readonly friend?: Friend };

const mostOrders = 8;

/** Whoever has not bought before, and has no referrer yet, joins; oneself is no referrer. */
export function join(
  moment: Moment,
  { data, at, subject }: InputEventOf<'referral.joined.v1'>,
  friend: Friend | undefined,
): FriendStep {
  if (friend || data.referrer === subject || numberFact(moment, 'orders')) return nothing;
  const { referrer, referralId, addressFingerprint, paymentFingerprint } = data;
  const joined: Joined = {
    referrer,
    at,
    orders: [],
    ...(referralId !== undefined && { referralId }),
    ...(addressFingerprint !== undefined && { addressFingerprint }),
    ...(paymentFingerprint !== undefined && { paymentFingerprint }),
  };
  return { proposals: [], friend: { state: 'waiting', joined } };
}

/** Waits for the end of the return window of the first order that is still kept; `bought`: a new one. */
export function wait(
  moment: Moment,
  { returnDays }: ReferralSettings,
  joined: Joined,
  bought?: DataOf<'order.completed.v1'>,
): FriendStep {
  const first = numberFact(moment, 'firstPurchaseAt');
  const due = first === undefined ? null : first + returnDays * 86_400_000;
  if (!bought) return { proposals: [], timers: { kept: due } };
  const kept = joined.orders.filter(([, at]) => first !== undefined && at >= first);
  const orders = [...kept, [bought.orderId, moment.at] as const].slice(0, mostOrders);
  return {
    proposals: [],
    timers: { kept: due },
    friend: { state: 'waiting', joined: { ...joined, orders } },
  };
}

/** The return window closed over a kept first purchase: the referrer's side is told, once for ever. */
export function convert(moment: Moment, { returnDays }: ReferralSettings, joined: Joined): FriendStep {
  const first = numberFact(moment, 'firstPurchaseAt');
  if (first === undefined || first <= joined.at) return nothing;
  if (!trusted(moment)) return { proposals: [], timers: { kept: daysAfter(moment, returnDays) } };
  const { referrer, referralId, at, orders } = joined;
  const orderId = orders.find(([, when]) => when === first)?.[0];
  if (orderId === undefined) return nothing;
  const data = {
    friend: moment.customer,
    orderId,
    joinedAt: new Date(at).toISOString(),
    ...(referralId !== undefined && { referralId }),
    ...prints(moment, joined),
  };
  const facts = readFacts(moment, 'firstPurchaseAt', 'keptOrders');
  const evidence = { rule: 'referral.converted', facts, causes: [moment.causeId] };
  return {
    proposals: [],
    records: [{ slot: 'converted', type: 'referral.converted.v1', subject: referrer, data, evidence }],
    friend: { state: 'asked', referrer },
  };
}

/** The referrer's side found all in order. */
export function accept(
  moment: Moment,
  settings: ReferralSettings,
  { referrer, orderId, referralId }: DataOf<'referral.accepted.v1'>,
  friend: Friend | undefined,
): FriendStep {
  if (friend?.state !== 'asked' || friend.referrer !== referrer) return nothing;
  const told = { orderId, ...(referralId !== undefined && { referralId }) };
  return { proposals: [creditOf(moment, settings, 'friend', told)], friend: { state: 'over' } };
}

/** As given on joining, else as the profile knows them. */
function prints({ fact }: Moment, joined: Joined) {
  const address = joined.addressFingerprint ?? fact('addressFingerprint');
  const payment = joined.paymentFingerprint ?? fact('paymentFingerprint');
  return {
    ...(typeof address === 'string' && { addressFingerprint: address }),
    ...(typeof payment === 'string' && { paymentFingerprint: payment }),
  };
}
