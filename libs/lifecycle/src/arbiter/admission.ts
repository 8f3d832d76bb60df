import type { Action } from '../types.js';
import type { Question } from './arbitrate.js';
import { channelConsent, consentFacts } from './consent.js';
import type { Pending } from './contacts.js';
import type { SuppressionReason } from './reasons.js';

/** The channels that consent leaves open, in order of preference; or why the proposal can never go. */
export type Admission =
  | { readonly refused: SuppressionReason; readonly channels?: never }
  | { readonly refused?: never; readonly channels: readonly Action['channel'][] };

/** What does not depend on slots or the time of day. Asked again each time, since facts change while a proposal waits. */
export function admission(proposal: Pending, { now, policy, fact }: Question): Admission {
  const { purpose, channels } = proposal;
  if (proposal.expiresAt <= now) return { refused: 'expired' };
  if (isOvertaken(proposal, fact)) return { refused: 'overtaken' };
  if (purpose === 'transactional' && !policy.transactional.includes(proposal.template))
    return { refused: 'notTransactional' };
  if (proposal.audience !== 'customer') return { channels };
  if (purpose === 'marketing' || purpose === 'survey') {
    if (fact('endedBySupplier') === true) return { refused: 'relationshipEnded' };
    if (purpose === 'marketing' && (fact('flags') as readonly string[] | undefined)?.includes('fraud'))
      return { refused: 'fraudFlag' };
  }
  const known = consentFacts(fact);
  const allowed: Action['channel'][] = [];
  let closed = 0;
  for (const channel of channels) {
    const consent = channelConsent(purpose, channel, known);
    if (consent === 'allowed') allowed.push(channel);
    else if (consent === 'channelClosed') closed++;
  }
  if (allowed.length > 0) return { channels: allowed };
  return { refused: closed === channels.length ? 'channelClosed' : 'noConsent' };
}

/** Whether a fact that the proposal rests on has another value by now. */
export function isOvertaken({ restsOn }: Pending, fact: Question['fact']): boolean {
  for (const name in restsOn) if ((fact(name) ?? null) !== restsOn[name]) return true;
  return false;
}
