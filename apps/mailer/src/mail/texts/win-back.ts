import type { Texts } from './text.js';
import { discount } from './words.js';

export const winBack: Texts = {
  'win-back.overdue': () => ({
    subject: 'We have missed you',
    paragraphs: [
      'we have not seen you for a while, which is longer than usual for you. Is everything all right?',
      'If something was not to your liking, answer this mail and tell us: we would like to put it right. And if you were just busy, you are welcome any time.',
    ],
  }),
  'win-back.dissatisfied': () => ({
    subject: 'We would like to put it right',
    paragraphs: [
      'you were not content with us, and we have not seen you since. We are sorry for that.',
      'What would have to change for you to come back? Answer this mail and tell us. A person reads it, and we will not argue.',
    ],
  }),
  'win-back.better-brand': () => ({
    subject: 'What do others do better?',
    paragraphs: [
      'it seems that you have found something better than us. We respect that, and we would like to learn from it.',
      'What is it that we lack? Answer this mail in a word or two. And should you want to compare once more, you are welcome any time.',
    ],
  }),
  'win-back.changed-requirements': () => ({
    subject: 'Have your needs changed?',
    paragraphs: [
      'you told us that you no longer need what you used to buy from us. Thank you for having been with us.',
      'Should there be something else that we can do for you, now or later, answer this mail and tell us what you need.',
    ],
  }),
  'win-back.offer': (variables) => ({
    subject: 'A reason to come back',
    paragraphs: [
      `we would be glad to see you again, so here is ${discount(variables)}`,
      'If you would rather not, answer this mail with a "no", and we leave you alone.',
    ],
  }),
};
