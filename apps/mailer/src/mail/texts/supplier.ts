import type { Texts } from './text.js';

export const supplier: Texts = {
  'supplier.ended': () => ({
    subject: 'The end of our business relationship',
    paragraphs: [
      'we have decided to end our business relationship with you, and will send you no more offers. What you have ordered and paid for is yours; nothing else remains open.',
      'Thank you for the time in which you were our customer. If you think that this is a mistake, answer this mail. A person reads it.',
    ],
  }),
  'supplier.welcome-back': ({ after }) => ({
    subject: 'Welcome back',
    paragraphs: [
      after === 'fraud'
        ? 'we had closed your account after a suspicion that turned out to be wrong. We are sorry. It is open again.'
        : 'we are glad to have you back: your account is open again.',
    ],
  }),
};
