import type { Texts } from './text.js';
import { label } from './words.js';

export const suggestions: Texts = {
  'suggestions.products': ({ products }) => ({
    subject: 'You might like this',
    paragraphs: [
      'from what you have bought from us we think that you might like this:',
      Array.isArray(products) && products.length > 0
        ? products.map((product) => label(product, '- ')).join('\n')
        : 'a few things that go with it.',
      'Answer this mail if you want to know more. And if we are wrong, tell us so: it helps us to do better.',
    ],
  }),
};
