import { community } from './texts/community.js';
import { dates } from './texts/dates.js';
import { firstVisit } from './texts/first-visit.js';
import { followUp } from './texts/follow-up.js';
import { keyAccount } from './texts/key-account.js';
import { loyalty } from './texts/loyalty.js';
import { recovery } from './texts/recovery.js';
import { referral } from './texts/referral.js';
import { suggestions } from './texts/suggestions.js';
import { supplier } from './texts/supplier.js';
import { surveys } from './texts/surveys.js';
import type { Content, Text, Texts } from './texts/text.js';
import { winBack } from './texts/win-back.js';
import { label } from './texts/words.js';

/** Every text that the mailer has, by its template; `announcements` are written by whoever publishes them. */
export const templates: Texts = {
  ...followUp,
  ...firstVisit,
  ...loyalty,
  ...surveys,
  ...recovery,
  ...supplier,
  ...keyAccount,
  ...dates,
  ...winBack,
  ...referral,
  ...suggestions,
  ...community,
};

/**
 * For every other template, such as an announcement's: what the action says in `variables.text`, paragraphs apart by an empty
 * line, under `variables.subject` or else `variables.title`. Nobody is mailed a title alone.
 */
const asWritten: Text<Content | undefined> = ({ subject, title, text }) =>
  typeof text === 'string' && text.trim() !== ''
    ? {
        subject: label(subject) || label(title) || 'A note for you',
        paragraphs: text.trim().split(/\n\s*\n/),
      }
    : undefined;

/** Undefined where there is no such template and the action brings no text of its own. */
export function contentOf(
  template: string,
  variables: Readonly<Record<string, unknown>>,
): Content | undefined {
  const content = (Object.hasOwn(templates, template) ? templates[template] : asWritten)?.(variables);
  return content && { ...content, paragraphs: content.paragraphs.filter(Boolean) };
}
