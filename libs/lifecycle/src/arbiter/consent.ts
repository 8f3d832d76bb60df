import { joinedBy } from '../joined-by.js';
import type { FactReader } from '../programme.js';
import type { Action } from '../types.js';

/** What is known of a customer's channels. */
export interface ConsentFacts {
  readonly closed: Readonly<Record<string, string>> | undefined;
  /** By `channel:purpose`. */
  readonly consents: Readonly<Record<string, string>> | undefined;
}

export const consentFacts = (fact: FactReader): ConsentFacts => ({
  closed: fact('closedChannels') as ConsentFacts['closed'],
  consents: fact('consents') as ConsentFacts['consents'],
});

const nameOf = joinedBy(':');

/** Whether a purpose may use a channel for this customer; consent is asked of the facts and unknown is no. */
export function channelConsent(
  purpose: Action['purpose'],
  channel: Action['channel'],
  known: ConsentFacts,
): 'allowed' | 'noConsent' | 'channelClosed' {
  const closed = known.closed?.[channel];
  if (purpose === 'transactional') return closed === 'bounced' ? 'channelClosed' : 'allowed';
  if (closed !== undefined) return 'channelClosed';
  const consent = known.consents?.[nameOf(channel, purpose)];
  switch (purpose) {
    case 'service':
      return consent === 'withdrawn' ? 'noConsent' : 'allowed';
    case 'marketing':
    case 'survey':
      return consent === 'granted' ? 'allowed' : 'noConsent';
    case 'internal':
      return 'noConsent';
    default:
      return purpose satisfies never;
  }
}
