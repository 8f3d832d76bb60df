import type { Texts } from './text.js';

export const keyAccount: Texts = {
  // `accountManager` is what the shop calls them: an id as often as a name. So they introduce themselves.
  'key-account.manager': () => ({
    subject: 'Somebody of your own with us',
    paragraphs: [
      'from today on one person with us looks after you, knows what you need, and is there for all your questions.',
      'Your account manager will get in touch with you soon. If you want to talk before that, just answer this mail.',
    ],
  }),
};
