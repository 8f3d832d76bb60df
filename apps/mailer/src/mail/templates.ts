import { relationshipTexts } from './relationship-texts.js';
import { serviceTexts } from './service-texts.js';

/** What a template says, without greeting and footer. Plain text; `actionMail` turns it into both parts. */
export interface Content {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export type Template = (variables: Readonly<Record<string, unknown>>) => Content | undefined;

const thanksFor: Readonly<Record<string, string>> = {
  first:
    'thank you for your first order. We are glad that you found us, and we hope you like what you chose.',
  return: 'it is good to see you again. Thank you for coming back to us.',
  large: 'thank you for your order. That was a big one, and your trust means a lot to us.',
};

const templates: Readonly<Record<string, Template>> = {
  ...relationshipTexts,
  ...serviceTexts,
  'follow-up.thanks': ({ occasion }) => ({
    subject: 'Thank you for your order',
    paragraphs: [
      thanksFor[String(occasion)] ?? 'thank you for your order.',
      'If anything is not as it should be, just answer this mail. A person reads it.',
    ],
  }),
  'follow-up.satisfaction': ({ orderId }) => ({
    subject: 'Are you happy with your order?',
    paragraphs: [
      `a few days ago you bought from us${label(orderId, ' (order ', ')')}. How satisfied are you, from 1 (not at all) to 5 (very)?`,
      'Answer this mail with a number, and a word on why if you like. It helps us to do better.',
    ],
  }),
  'win-back.overdue': () => ({
    subject: 'We have missed you',
    paragraphs: [
      'we have not seen you for a while, which is longer than usual for you. Is everything all right?',
      'If something was not to your liking, answer this mail and tell us: we would like to put it right. And if you were just busy, you are welcome any time.',
    ],
  }),
};

/** For every other template: the text comes with the action, in `variables.subject` and `variables.text`. */
const generic: Template = ({ subject, text }) =>
  typeof text === 'string' && text.trim() !== ''
    ? { subject: label(subject) || 'A note for you', paragraphs: text.trim().split(/\n\s*\n/) }
    : undefined;

/** Undefined where there is no such template and the action brings no text of its own. */
export const contentOf = (
  template: string,
  variables: Readonly<Record<string, unknown>>,
): Content | undefined => (Object.hasOwn(templates, template) ? templates[template] : generic)?.(variables);

function label(value: unknown, before = '', after = ''): string {
  return typeof value === 'string' && value !== '' ? `${before}${value}${after}` : '';
}
