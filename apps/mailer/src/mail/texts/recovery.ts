import type { Texts } from './text.js';
import { label, money } from './words.js';

const acknowledged: Readonly<Record<string, string>> = {
  opened: 'your case has arrived, and somebody who can fix it is looking after it.',
  escalated: 'your case has gone up to somebody who can decide. We are sorry that it takes this.',
  overdue: 'we told you a time and did not keep it. We are sorry. Somebody else looks after your case now.',
  reopened: 'what we took for solved is not. We are sorry, and we are at it again.',
};

const sorry = 'it is put right now, but it should not have gone that way. We are sorry.';
const caseOf = (caseId: unknown) => label(caseId, ' (case ', ')');

export const recovery: Texts = {
  'recovery.acknowledgement': ({ caseId, after }) => ({
    subject: `We are looking after it${caseOf(caseId)}`,
    paragraphs: [
      acknowledged[String(after)] ??
        'we have read what you told us, and we are sorry that we let you down. Somebody will get in touch with you.',
      'If there is anything to add, just answer this mail.',
    ],
  }),
  'recovery.apology': ({ caseId }) => ({
    subject: `We are sorry${caseOf(caseId)}`,
    paragraphs: [sorry],
  }),
  'recovery.goodwill': ({ caseId, amount, currency }) => ({
    subject: `We are sorry${caseOf(caseId)}`,
    paragraphs: [
      sorry,
      `As a small amends we credit you ${money(amount, currency, 'something')} on your next order.`,
    ],
  }),
  'recovery.check': ({ caseId }) => ({
    subject: `Is everything all right now?${caseOf(caseId)}`,
    paragraphs: [
      'a few days ago we put something right for you. Is all well now?',
      'If it is not, answer this mail, and we take it up again.',
    ],
  }),
};
