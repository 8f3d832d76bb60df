import type { Texts } from './text.js';
import { label } from './words.js';

const thanksFor: Readonly<Record<string, string>> = {
  first:
    'thank you for your first order. We are glad that you found us, and we hope you like what you chose.',
  return: 'it is good to see you again. Thank you for coming back to us.',
  large: 'thank you for your order. That was a big one, and your trust means a lot to us.',
};

export const followUp: Texts = {
  'follow-up.thanks': ({ occasion }) => ({
    subject: 'Thank you for your order',
    paragraphs: [
      thanksFor[String(occasion)] ?? 'thank you for your order.',
      'If anything is not as it should be, just answer this mail. A person reads it.',
    ],
  }),
  'follow-up.reassurance': ({ orderId, arrived, turnTo }) => ({
    subject: 'Your paperwork is done',
    paragraphs: [
      `everything about your order${label(orderId, ' ')} is settled${arrived === true ? ', and it has arrived' : ''}. There is nothing left for you to do but enjoy it.`,
      `If something is missing or not right, turn to ${turnTo === 'account-manager' ? 'your account manager' : 'our support'}, or just answer this mail.`,
    ],
  }),
  'follow-up.satisfaction': ({ orderId }) => ({
    subject: 'Are you happy with your order?',
    paragraphs: [
      `a few days ago you bought from us${label(orderId, ' (order ', ')')}. How satisfied are you, from 1 (not at all) to 5 (very)?`,
      'Answer this mail with a number, and a word on why if you like. It helps us to do better.',
    ],
  }),
};
