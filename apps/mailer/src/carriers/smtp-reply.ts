import { withoutAddresses } from '../mail/plain.js';
import type { Delivery } from './carrier.js';

/** What nodemailer tells of a failed sending; the SMTP reply and the command that it answered, where there was one. */
export interface SmtpFailure {
  readonly code?: string;
  readonly message?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** nodemailer's codes of what is wrong with the way to the server. */
const onTheWay = new Set(
  'ECONNECTION ETIMEDOUT ESOCKET EDNS ETLS EPROTOCOL EPROXY EAUTH ENOAUTH EOAUTH2 EMAXLIMIT'.split(' '),
);

/**
 * What a failure means for this one mail; undefined where it is about the connection, the login or the sender, so that
 * every other mail would get the same. 421 closes the service, 503 says that the session went wrong. Without a reply
 * and a broken way it is nodemailer that refuses the mail: an address that the server cannot take, a size.
 * Source: RFC 5321 §4.2.1 (4yz transient, 5yz permanent), RFC 3463 (x.1.y: the address).
 */
export function readFailure(failure: SmtpFailure): Delivery | undefined {
  const { responseCode: status, command, code = '' } = failure;
  const reason = withoutAddresses(failure.response ?? failure.message ?? code);
  if (status === undefined)
    return onTheWay.has(code) ? undefined : { kind: 'refused', reason, unknownAddress: false };
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (!aboutThisMail || status === 421 || status === 503) return undefined;
  if (status >= 500)
    return { kind: 'refused', reason, unknownAddress: aboutAddress(status, reason, command) };
  return status >= 400 ? { kind: 'deferred', reason } : undefined;
}

function aboutAddress(status: number, reply: string, command: string): boolean {
  const subject = /^\d{3}[ -]5\.(\d{1,3})\.\d{1,3}\b/.exec(reply)?.[1];
  if (subject !== undefined) return subject === '1';
  return command === 'RCPT TO' && [550, 551, 553].includes(status);
}
