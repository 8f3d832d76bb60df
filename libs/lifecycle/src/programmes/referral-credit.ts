import type { Moment, Proposal } from '../programme.js';
import { daysAfter, readFacts } from './reading.js';
import type { ReferralSettings } from './referral-settings.js';

/** The credit of one side: part of what was promised, hence transactional. */
export function creditOf(
  moment: Moment,
  settings: ReferralSettings,
  side: 'referrer' | 'friend',
  told: Readonly<Record<string, string>>,
): Proposal {
  const amount = settings.credit[side];
  return {
    slot: side,
    programme: 'referral',
    kind: 'perk',
    purpose: 'transactional',
    channels: settings.channels,
    audience: 'customer',
    template: 'referral.credit',
    variables: { side, amount, currency: moment.fact('lastOrderCurrency') ?? null, ...told },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.credit.validDays),
    evidence: {
      rule: `referral.${side}`,
      facts: { ...readFacts(moment, 'firstPurchaseAt', 'keptOrders'), ...told },
      causes: [moment.causeId],
    },
  };
}

/** Nobody is credited whom the supplier suspects of fraud or has given up. */
export function trusted({ fact }: Moment): boolean {
  const flags = fact('flags') as readonly string[] | undefined;
  return fact('endedBySupplier') !== true && !flags?.includes('fraud');
}
