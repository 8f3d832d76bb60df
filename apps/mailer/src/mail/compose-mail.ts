import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { asToken, escapeHtml, greetable, oneLine } from './plain.js';
import { contentOf } from './templates.js';
import { unsubscribe } from './unsubscribe.js';

export interface MailOf {
  readonly customer: string;
  readonly actionId: string;
  readonly template: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** ms since the epoch: the `Date` header. */
  readonly date: number;
  readonly to: string;
  readonly preferredName?: string | undefined;
}

export interface Sender {
  /** `From`: an address, with a name or without. */
  readonly mailFrom: string;
  /** https: or mailto:. */
  readonly unsubscribeUrl: string;
}

export type Mail = SendMailOptions & { readonly messageId: string };

/**
 * The whole mail of an action: the same action always makes the same bytes, so that a mail which had to be sent
 * twice can be known as one. Undefined where there is no text for it.
 */
export function composeMail(of: MailOf, { mailFrom, unsubscribeUrl }: Sender): Mail | undefined {
  const content = contentOf(of.template, of.variables);
  if (!content) return undefined;
  const name = greetable(of.preferredName ?? '');
  const paragraphs = [name ? `Hello ${name},` : 'Hello,', ...content.paragraphs];
  const { url, headers } = unsubscribe(unsubscribeUrl, of.customer, of.actionId);
  return {
    messageId: messageId(of.actionId, mailFrom),
    date: new Date(of.date),
    from: mailFrom,
    to: { name, address: of.to },
    subject: oneLine(content.subject),
    text: [...paragraphs, `-- \nNo more of these mails: ${url}`, ''].join('\n\n'),
    html: html(paragraphs, url),
    headers: { ...headers, 'Auto-Submitted': 'auto-generated', 'Content-Language': 'en' },
    baseBoundary: createHash('sha256').update(of.actionId).digest('hex').slice(0, 16),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The same for every attempt to send an action's mail. */
export const messageId = (actionId: string, mailFrom: string): string =>
  `<${asToken(actionId)}@${/@([A-Za-z0-9.-]+)/.exec(mailFrom)?.[1] ?? 'perennial.invalid'}>`;

function html(paragraphs: readonly string[], unsubscribeUrl: string): string {
  const body = paragraphs.map((text) => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
${body}
<p style="color: #666; font-size: small"><a href="${escapeHtml(unsubscribeUrl)}">No more of these mails</a></p>
</body></html>
`;
}
