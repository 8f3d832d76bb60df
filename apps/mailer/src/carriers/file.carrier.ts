import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { asToken } from '../mail/plain.js';
import type { Mail } from '../mail/compose-mail.js';
import { CarrierError, type Carrier, type Delivery } from './carrier.js';

/** Writes each mail as `<actionId>.eml` into a folder: whole or not at all, and the same mail onto itself. */
export class FileCarrier implements Carrier {
  readonly #composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(readonly destination: string) {}

  async send(mail: Mail): Promise<Delivery> {
    const { message } = await this.#composer.sendMail(mail);
    const [token = ''] = mail.messageId.slice(1).split('@');
    const file = join(this.destination, `${asToken(token)}.eml`);
    try {
      await mkdir(this.destination, { recursive: true });
      const draft = await open(`${file}.tmp`, 'w');
      try {
        await draft.writeFile(message as Buffer);
        await draft.sync();
      } finally {
        await draft.close();
      }
      await rename(`${file}.tmp`, file);
    } catch (cause) {
      throw new CarrierError(`cannot write ${file}: ${(cause as Error).message}`, { cause });
    }
    return { kind: 'accepted' };
  }

  close(): void {
    this.#composer.close();
  }
}
