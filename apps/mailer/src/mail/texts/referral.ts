import type { Texts } from './text.js';
import { money } from './words.js';

const occasions: Readonly<Record<string, string>> = {
  promoter: 'thank you for saying that you would recommend us.',
  committed: 'you have been with us for long, and we thank you for your trust.',
};

export const referral: Texts = {
  'referral.invitation': ({ occasion, credit, friendCredit, currency }) => ({
    subject: 'Do you know somebody who would like us?',
    paragraphs: [
      `${occasions[String(occasion)] ?? 'thank you for being with us.'} Is there a friend who would like us, too?`,
      `When a friend of yours buys from us for the first time and keeps it, we credit ${money(credit, currency, 'something')} to you and ${money(friendCredit, currency, 'something')} to your friend.`,
      'Answer this mail, and we send you your invitation to pass on.',
    ],
  }),
  'referral.credit': ({ side, amount, currency }) => ({
    subject: 'A credit for you',
    paragraphs: [
      side === 'friend'
        ? 'you came to us through a friend, and kept your first purchase.'
        : 'a friend whom you sent to us has become our customer. Thank you for recommending us.',
      `As we promised, we have credited ${money(amount, currency, 'something')} to you. It counts on your next order.`,
    ],
  }),
};
