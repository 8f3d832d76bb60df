import { hash } from 'node:crypto';

/** One line of text without control characters (line breaks and direction marks among them), at most `length` long. */
export const oneLine = (text: string, length = 200): string =>
  [...text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, length).join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c] ?? c);

/** A single mailbox that can stand in an envelope: no list, no comment, no control character, no header in disguise. */
export const isMailbox = (address: string): boolean =>
  address.length <= 254 && /^[^\s"(),:;<>@[\\\]\p{C}]{1,64}@[^\s"(),:;<>@[\\\]\p{C}]+$/u.test(address);

/** An id as part of a file name or a Message-ID: itself where it is harmless, else its hash. */
export const asToken = (id: string): string =>
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(id) ? id : `x${hash('sha256', id, 'hex')}`;

/** Text of another system without the addresses in it: what the mailer publishes and logs names nobody. */
export const withoutAddresses = (text: string): string =>
  oneLine(text.replace(/[^\s<>"']*@[^\s<>"']*/g, '(address)'), 500);
