import { formatTime } from '#contracts';
import { mayBeCalled } from '../phone.js';
import type { Moment, Proposal } from '../programme.js';
import { hasManager } from './key-account-work.js';
import { daysAfter, numberFact, readFacts } from './reading.js';
import type { LeavingReason, Rung, WinBackSettings } from './win-back-settings.js';
import { worthOf } from './worth.js';

const letters: Readonly<Record<LeavingReason, string>> = {
  silent: 'win-back.overdue',
  dissatisfied: 'win-back.dissatisfied',
  betterBrand: 'win-back.better-brand',
  changedRequirements: 'win-back.changed-requirements',
};

/** What a rung asks for; a call only where the customer has not forbidden it and no case is open. */
export function proposalOf(
  moment: Moment,
  rung: Rung,
  settings: WinBackSettings,
  told: Readonly<Record<string, unknown>>,
  { reason, next }: { readonly reason: LeavingReason; readonly next: number },
): Proposal | undefined {
  const worth = worthOf(moment);
  const variables = { ...told, reason };
  const base = {
    slot: `${next}-${rung.what}`,
    programme: 'win-back',
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: `win-back.${rung.what}`,
      facts: { ...told, reason, worth },
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'lastPurchaseAt', 'subscription', 'endedBySupplier'),
  };
  if (rung.what === 'call')
    return mayCall(moment)
      ? {
          ...base,
          kind: 'task',
          purpose: 'internal',
          audience: hasManager(moment) ? 'account-manager' : rung.audience,
          channels: ['phone'],
          template: 'win-back.call',
          variables,
        }
      : undefined;
  const { channels } =
    settings.channels.filter((tier) => tier.worth <= worth).at(-1) ?? settings.channels[0]!;
  const toCustomer = { ...base, purpose: 'marketing', audience: 'customer', channels } as const;
  if (rung.what === 'message')
    return { ...toCustomer, kind: 'message', template: letters[reason], variables };
  const { percent } = rung;
  const until = daysAfter(moment, settings.holdsDays);
  return {
    ...toCustomer,
    kind: 'offer',
    template: 'win-back.offer',
    variables: { ...variables, percent, until: formatTime(until) },
    offerUntil: until,
    coupon: { percent },
  };
}

function mayCall(moment: Moment): boolean {
  return !numberFact(moment, 'openCases') && mayBeCalled(moment.fact, 'service', 'marketing');
}
