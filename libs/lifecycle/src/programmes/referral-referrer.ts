import type { DataOf } from '#contracts';
import { hash64 } from '../hash.js';
import { nothing, type Decision, type Moment } from '../programme.js';
import { creditOf, trusted } from './referral-credit.js';
import { numberFact, readFacts } from './reading.js';
import type { ReferralSettings } from './referral-settings.js';

/** Friends credited so far, the latest last: when, ms, and the friend's hash. */
export type Credited = readonly (readonly [at: number, friend: string])[];

const mostKept = 64;
const year = 365 * 86_400_000;

export interface ReferrerStep extends Omit<Decision<never>, 'memory'> {
  readonly credited?: Credited;
}

/**
 * Credits the referrer whose own first kept purchase lies before the friend's joining, so that nobody recommends each other in a
 * circle; who lives elsewhere and pays otherwise, as far as is known; and who is within the year's cap. The friend's side hears
 * of it.
 */
export function credit(
  moment: Moment,
  settings: ReferralSettings,
  converted: DataOf<'referral.converted.v1'>,
  credited: Credited,
): ReferrerStep {
  const key = hash64(converted.friend);
  if (!entitled(moment, converted) || credited.some(([, friend]) => friend === key)) return nothing;
  const inYear = credited.filter(([at]) => Math.abs(moment.at - at) < year);
  if (inYear.length >= settings.mostYearly) return nothing;
  const { friend, orderId, referralId } = converted;
  const told = { orderId, ...(referralId !== undefined && { referralId }) };
  const facts = readFacts(moment, 'firstPurchaseAt', 'keptOrders');
  return {
    proposals: [creditOf(moment, settings, 'referrer', told)],
    records: [
      {
        slot: 'accepted',
        type: 'referral.accepted.v1',
        subject: friend,
        data: { referrer: moment.customer, ...told },
        evidence: { rule: 'referral.accepted', facts, causes: [moment.causeId] },
      },
    ],
    credited: [...credited, [moment.at, key] as const].slice(-mostKept),
  };
}

function entitled(moment: Moment, { friend, joinedAt, ...prints }: DataOf<'referral.converted.v1'>): boolean {
  const first = numberFact(moment, 'firstPurchaseAt');
  if (first === undefined || joinedAt === undefined || first >= Date.parse(joinedAt)) return false;
  if (friend === moment.customer || !trusted(moment)) return false;
  const other = (name: 'addressFingerprint' | 'paymentFingerprint') =>
    prints[name] === undefined || prints[name] !== moment.fact(name);
  return other('addressFingerprint') && other('paymentFingerprint');
}
