import { createTransport } from 'nodemailer';
import type { Mail } from '../mail/compose-mail.js';
import { withoutAddresses } from '../mail/plain.js';
import { CarrierError, type Carrier, type Delivery } from './carrier.js';
import { readFailure, type SmtpFailure } from './smtp-reply.js';

/** Sends over SMTP with kept connections. Settings of nodemailer may stand in the URL's query. */
export class SmtpCarrier implements Carrier {
  readonly destination: string;
  readonly #smtp;

  constructor(smtpUrl: string) {
    const { host, protocol } = new URL(smtpUrl);
    this.destination = `${protocol}//${host}`;
    // Never requeued by the pool: a mail whose connection broke is tried again from the log, where the ledger is asked first.
    this.#smtp = createTransport({
      url: smtpUrl,
      pool: true,
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
    });
  }

  async send(mail: Mail): Promise<Delivery> {
    try {
      await this.#smtp.sendMail(mail);
      return { kind: 'accepted' };
    } catch (error) {
      const delivery = readFailure(error as SmtpFailure);
      if (delivery) return delivery;
      throw new CarrierError(`${this.destination}: ${withoutAddresses((error as Error).message)}`, {
        cause: error,
      });
    }
  }

  close(): void {
    this.#smtp.close();
  }
}
