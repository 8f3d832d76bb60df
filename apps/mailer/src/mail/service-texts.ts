import type { Template } from './templates.js';

/** The same question once more. */
const again =
  (of: Template): Template =>
  (variables) => {
    const content = of(variables);
    return (
      content && {
        subject: `A reminder: ${content.subject}`,
        paragraphs: ['we asked you a week ago, and do not ask again after this:', ...content.paragraphs],
      }
    );
  };

const recommendation: Template = () => ({
  subject: 'Would you recommend us?',
  paragraphs: [
    'how likely are you to recommend us to a friend, from 0 (not at all) to 10 (very)?',
    'Answer this mail with a number, and a word on why if you like.',
  ],
});

const afterCase: Template = ({ caseId }) => ({
  subject: 'Did we solve it well?',
  paragraphs: [
    `we hope that ${typeof caseId === 'string' ? `your case ${caseId}` : 'what you turned to us with'} is solved. How satisfied are you with how we dealt with it, from 1 (not at all) to 5 (very)?`,
    'Answer this mail with a number, and a word on why if you like.',
  ],
});

const whyFor: Readonly<Record<string, string>> = {
  return: 'you sent something back to us, and we do not know why.',
  subscription: 'you have cancelled your subscription, and we do not know why.',
};

const form: Template = ({ about }) => ({
  subject: 'May we ask why?',
  paragraphs: [
    `${whyFor[String(about)] ?? 'something was not as you wanted it, and we do not know what.'} What should we have done better?`,
    'Answer this mail in your own words. A person reads it.',
  ],
});

const acknowledged: Readonly<Record<string, string>> = {
  escalated: 'your case has gone up to somebody who can decide. We are sorry that it takes this.',
  overdue: 'we told you a time and did not keep it. We are sorry. Somebody else looks after your case now.',
  reopened: 'what we took for solved is not. We are sorry, and we are at it again.',
  opened: 'your case has arrived, and somebody who can fix it is looking after it.',
};

const caseOf = (caseId: unknown) => (typeof caseId === 'string' ? ` (case ${caseId})` : '');

/** Texts of the programmes recovery, surveys and supplier. */
export const serviceTexts: Readonly<Record<string, Template>> = {
  'recovery.acknowledgement': ({ caseId, after }) => ({
    subject: `We are looking after it${caseOf(caseId)}`,
    paragraphs: [
      acknowledged[String(after)] ??
        'we have read what you told us, and we are sorry that we let you down. Somebody will call you.',
      'If there is anything to add, just answer this mail.',
    ],
  }),
  'recovery.apology': ({ caseId }) => ({
    subject: `We are sorry${caseOf(caseId)}`,
    paragraphs: ['it is put right now, but it should not have gone that way. We are sorry.'],
  }),
  'recovery.goodwill': ({ caseId, amount, currency }) => ({
    subject: `We are sorry${caseOf(caseId)}`,
    paragraphs: [
      'it is put right now, but it should not have gone that way. We are sorry.',
      typeof amount === 'number'
        ? `As a small amends we credit you ${amount.toFixed(2)}${typeof currency === 'string' ? ` ${currency}` : ''} on your next order.`
        : 'As a small amends we credit you something on your next order.',
    ],
  }),
  'recovery.check': ({ caseId }) => ({
    subject: `Is everything all right now?${caseOf(caseId)}`,
    paragraphs: [
      'a few days ago we put something right for you. Is all well now?',
      'If it is not, answer this mail, and we take it up again.',
    ],
  }),
  'surveys.nps': recommendation,
  'surveys.nps.reminder': again(recommendation),
  'surveys.case': afterCase,
  'surveys.case.reminder': again(afterCase),
  'surveys.feedback': form,
  'surveys.feedback.reminder': again(form),
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
