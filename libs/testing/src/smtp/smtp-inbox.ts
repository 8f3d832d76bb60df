import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  readonly email: Email;
  /** As the server was given it, without the `Received` line that it would add. */
  readonly raw: Buffer;
}

/** What the server answers; undefined accepts. */
export interface Answers {
  recipient?: (address: string) => string | undefined;
  message?: (received: Received) => string | undefined;
}

/** A real SMTP server on loopback that keeps what it accepts. */
export class SmtpInbox {
  readonly received: Received[] = [];
  answers: Answers = {};
  port = 0;
  #server: SMTPServer | undefined;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens on the port that it had before, where there was one. */
  async open(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, callback) => callback(refusal(this.answers.recipient?.(address))),
      onData: (stream, session, callback) => {
        void this.#receive(
          stream,
          session.envelope.rcptTo.map(({ address }) => address),
        ).then(callback, callback);
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => void server.close(resolve));
  }

  async #receive(stream: AsyncIterable<Buffer>, to: string[]): Promise<Error | null> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const received = { to, email: await PostalMime.parse(raw), raw };
    const error = refusal(this.answers.message?.(received));
    if (!error) this.received.push(received);
    return error;
  }
}

/** From a whole reply, such as `450 4.2.0 come back later`. */
function refusal(reply: string | undefined): Error | null {
  return reply === undefined
    ? null
    : Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
