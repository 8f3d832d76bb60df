import type { Text, Texts } from './text.js';
import { label } from './words.js';

const withANumber = 'Answer this mail with a number, and a word on why if you like.';

const recommendation: Text = () => ({
  subject: 'Would you recommend us?',
  paragraphs: [
    'how likely are you to recommend us to a friend, from 0 (not at all) to 10 (very)?',
    withANumber,
  ],
});

const afterCase: Text = ({ caseId }) => ({
  subject: 'Did we solve it well?',
  paragraphs: [
    `we hope that ${label(caseId, 'your case ') || 'what you turned to us with'} is solved. How satisfied are you with how we dealt with it, from 1 (not at all) to 5 (very)?`,
    withANumber,
  ],
});

const whyFor: Readonly<Record<string, string>> = {
  return: 'you sent something back to us, and we do not know why.',
  subscription: 'you have cancelled your subscription, and we do not know why.',
};

const form: Text = ({ about }) => ({
  subject: 'May we ask why?',
  paragraphs: [
    `${whyFor[String(about)] ?? 'something was not as you wanted it, and we do not know what.'} What should we have done better?`,
    'Answer this mail in your own words. A person reads it.',
  ],
});

/** The same question once more. */
const again =
  (of: Text): Text =>
  (variables) => {
    const { subject, paragraphs } = of(variables);
    return {
      subject: `A reminder: ${subject}`,
      paragraphs: ['we asked you this a while ago, and do not ask again after this:', ...paragraphs],
    };
  };

export const surveys: Texts = {
  'surveys.nps': recommendation,
  'surveys.nps.reminder': again(recommendation),
  'surveys.case': afterCase,
  'surveys.case.reminder': again(afterCase),
  'surveys.feedback': form,
  'surveys.feedback.reminder': again(form),
};
