import type { FactReader } from '../programme.js';
import type { Action } from '../types.js';

/** Whether a purpose may use a channel for this customer; consent is asked of the facts and unknown is no. */
export function channelConsent(
  purpose: Action['purpose'],
  channel: Action['channel'],
  fact: FactReader,
): 'allowed' | 'noConsent' | 'channelClosed' {
  const closed = (fact('closedChannels') as Readonly<Record<string, string>> | undefined)?.[channel];
  if (purpose === 'transactional') return closed === 'bounced' ? 'channelClosed' : 'allowed';
  if (closed !== undefined) return 'channelClosed';
  const consents = fact('consents') as Readonly<Record<string, string>> | undefined;
  const consent = consents?.[`${channel}:${purpose}`];
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
