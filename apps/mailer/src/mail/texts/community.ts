import type { Texts } from './text.js';
import { label } from './words.js';

export const community: Texts = {
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
    paragraphs: [`your entry${label(contestId, ' to ')} has arrived. Thank you, and good luck.`],
  }),
};
