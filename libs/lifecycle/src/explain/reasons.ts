import { suppressionReasons, type SuppressionReason } from '../arbiter/index.js';

const isReason = (reason: string): reason is SuppressionReason =>
  (suppressionReasons as readonly string[]).includes(reason);

/** One sentence on why an action was not let through; one that this version does not know is said as it is. */
export const reasonInWords = (reason: string): string => (isReason(reason) ? sentence(reason) : `${reason}.`);

function sentence(reason: SuppressionReason): string {
  switch (reason) {
    case 'expired':
      return 'Its time was over before it could go.';
    case 'overtaken':
      return 'While it waited, what it rested on changed.';
    case 'control':
      return 'The customer is in a control group, which gets nothing so that the effect on the others can be seen.';
    case 'noConsent':
      return 'There is no recorded opt-in for this purpose on any of its channels, or the customer objected.';
    case 'channelClosed':
      return 'Every channel is closed by an objection, a complaint or a hard bounce.';
    case 'notTransactional':
      return 'It calls itself transactional, and the contact policy does not list its template.';
    case 'relationshipEnded':
      return 'The supplier has ended the relationship, so there is no promotion and no question.';
    case 'fraudFlag':
      return 'The account is flagged for fraud, so there is no promotion.';
    case 'paused':
      return 'An operator paused this programme or all of them.';
    case 'shadow':
      return 'An operator put this programme or all of them into shadow: it is shown, and not sent.';
    case 'crowdedOut':
      return 'More actions waited for this customer than are kept, and this one ranked last.';
    case 'notYet':
      return 'It was not to go before a time that lies past its expiry.';
    case 'frequencyCap':
      return 'The customer has had as many messages of this kind as the contact policy allows for now.';
    case 'coolDown':
      return 'The customer complained lately and is left in peace.';
    case 'openCase':
      return 'A case of the customer is open, and until it is closed there is no promotion.';
    case 'openOffer':
      return 'The customer holds another offer, and gets one at a time.';
    case 'quietHours':
      return 'It was night where the customer lives, and it would have expired before the morning.';
    default:
      return reason satisfies never;
  }
}
