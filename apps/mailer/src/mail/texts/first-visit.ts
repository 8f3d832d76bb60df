import type { Texts } from './text.js';
import { discount } from './words.js';

export const firstVisit: Texts = {
  'first-visit.offer': (variables) => ({
    subject: 'Something for your second visit',
    paragraphs: [`we would like to see you again, so here is ${discount(variables)}`],
  }),
  'first-visit.reminder': (variables) => ({
    subject: 'Your discount ends soon',
    paragraphs: [`a word before it lapses: you still have ${discount(variables)}`],
  }),
};
