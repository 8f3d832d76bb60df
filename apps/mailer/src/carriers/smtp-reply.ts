import { withoutAddresses } from '../mail/plain.js';
import type { Delivery } from './carrier.js';

/** What nodemailer tells of a failed sending: the SMTP reply and the command that it answered, where there was one. */
export interface SmtpFailure {
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/**
 * What an SMTP reply means for this one mail; undefined where it is about the connection, the login or the sender, so
 * that every other mail would get the same. 421 closes the service, 503 says that the session went wrong.
 * Source: RFC 5321 §4.2.1 (4yz transient, 5yz permanent), RFC 3463 (x.1.y: the address).
 */
export function readReply({ responseCode: code, response, command }: SmtpFailure): Delivery | undefined {
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (!aboutThisMail || code === undefined || code === 421 || code === 503) return undefined;
  const reason = withoutAddresses(response ?? String(code));
  if (code >= 500) return { kind: 'refused', reason, unknownAddress: aboutAddress(code, reason, command) };
  return code >= 400 ? { kind: 'deferred', reason } : undefined;
}

function aboutAddress(code: number, reply: string, command: string): boolean {
  const subject = /^\d{3}[ -]5\.(\d{1,3})\.\d{1,3}\b/.exec(reply)?.[1];
  if (subject !== undefined) return subject === '1';
  return command === 'RCPT TO' && [550, 551, 553].includes(code);
}
