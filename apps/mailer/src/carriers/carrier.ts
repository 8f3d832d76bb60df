import type { Mail } from '../mail/compose-mail.js';

/**
 * - `accepted`: the carrier took charge of the mail.
 * - `refused`: it never will; `unknownAddress` where the address is the reason.
 * - `deferred`: not this mail now, perhaps later; others may pass.
 */
export type Delivery =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string; readonly unknownAddress: boolean }
  | { readonly kind: 'deferred'; readonly reason: string };

/** Takes mails to where they are going. Every carrier is given whole mails and changes nothing in them. */
export interface Carrier {
  /** @throws CarrierError (retriable) when no mail can pass at present: no connection, no login, a full disk. */
  send(mail: Mail): Promise<Delivery>;
  /** Where mails go, for people; never a password. */
  readonly destination: string;
  close(): void;
}

export class CarrierError extends Error {
  readonly retriable = true;
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'CarrierError';
  }
}
