import type { Template } from './templates.js';

const congratulations: Template = () => ({
  subject: 'All the best on your birthday',
  paragraphs: ['today is your day, and we wish you a happy one.', 'It is good to have you with us.'],
});

const anniversary: Template = ({ years }) => ({
  subject: 'Thank you for being with us',
  paragraphs: [
    typeof years === 'number' && years > 1
      ? `${years} years ago today you bought from us for the first time. Thank you for your trust in all that time.`
      : 'a year ago today you bought from us for the first time. Thank you for your trust.',
  ],
});

const withGift =
  (of: Template): Template =>
  (variables) => {
    const content = of(variables);
    const gift = 'We have put a small gift aside for you: show this mail at your next visit.';
    return content && { ...content, paragraphs: [...content.paragraphs, gift] };
  };

/** What the discount is, on what condition, by which code, and until when. */
function discount({ percent, terms, code, until }: Readonly<Record<string, unknown>>): string {
  const amount = typeof percent === 'number' ? `${percent} % off` : 'a discount on';
  const { minimum, only } = (terms ?? {}) as { readonly minimum?: number; readonly only?: string };
  const what = only === 'regular-price' ? 'everything at its regular price' : 'your order';
  const from = minimum === undefined ? '' : `, from a purchase of ${minimum} on`;
  const by = typeof code === 'string' ? ` Your code is ${code}.` : '';
  const end = typeof until === 'string' ? ` It is good until ${until.slice(0, 10)}.` : '';
  return `${amount} ${what}${from}.${by}${end}`;
}

/** Texts of the programmes follow-up, first-visit, dates and community, besides those of `templates.ts`. */
export const relationshipTexts: Readonly<Record<string, Template>> = {
  'follow-up.reassurance': ({ orderId, arrived, turnTo }) => ({
    subject: 'Your paperwork is done',
    paragraphs: [
      `everything about your order${typeof orderId === 'string' ? ` ${orderId}` : ''} is settled${arrived === true ? ', and it has arrived' : ''}. There is nothing left for you to do but enjoy it.`,
      `If something is missing or not right, turn to ${turnTo === 'account-manager' ? 'your account manager' : 'our support'}, or just answer this mail.`,
    ],
  }),
  'first-visit.offer': (variables) => ({
    subject: 'Something for your second visit',
    paragraphs: [`we would like to see you again, so here is ${discount(variables)}`],
  }),
  'first-visit.reminder': (variables) => ({
    subject: 'Your discount ends soon',
    paragraphs: [`a word before it lapses: you still have ${discount(variables)}`],
  }),
  'dates.birthday.card': congratulations,
  'dates.birthday.gift': withGift(congratulations),
  'dates.anniversary.card': anniversary,
  'dates.anniversary.gift': withGift(anniversary),
  'community.invitation': () => ({
    subject: 'Join our community',
    paragraphs: [
      'you have been with us for a while, and others like you meet in our community: to ask, to show and to help each other.',
      'We would be glad to see you there. Answer this mail, and we let you in.',
    ],
  }),
  'community.panel': () => ({
    subject: 'Help us to make what comes next',
    paragraphs: [
      'a few customers who know us well look at new things before anyone else does, and say what they think. Would you be one of them?',
      'Answer this mail, and we tell you how it works.',
    ],
  }),
  'community.contest': () => ({
    subject: 'Our contest is on',
    paragraphs: [
      'there is a contest for our customers again. Take part: answer this mail, and we send it to you.',
    ],
  }),
  'community.entry': ({ contestId }) => ({
    subject: 'Thank you for taking part',
    paragraphs: [
      `your entry${typeof contestId === 'string' ? ` to ${contestId}` : ''} has arrived. Thank you, and good luck.`,
    ],
  }),
};
