import { hash } from 'node:crypto';

/** Control characters, line and paragraph separators, direction marks; not the joiners that some scripts need. */
const unwanted = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\s]+/gu;

/** One line of text without control characters and direction marks, at most `length` characters long. */
export const oneLine = (text: string, length = 200): string =>
  [...text.replace(unwanted, ' ').trim()].slice(0, length).join('');

/** A name to greet by; empty where it is a message in disguise, such as a link, that somebody wants mailed. */
export const greetable = (name: string): string => (/:\/\/|www\.|@/i.test(name) ? '' : oneLine(name, 100));

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
