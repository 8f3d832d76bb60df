import type { Clock, LogRecord } from '#pipeline';
import { expiresAt, notBefore, type ActionRequested } from './action.js';
import type { AddressBook } from './address-book.js';
import type { BookIsCurrent } from './book-is-current.js';
import type { Carrier, Delivery } from './carriers/carrier.js';
import type { Ledger } from './ledger.js';
import { composeMail, type Sender } from './mail/compose-mail.js';
import { isMailbox } from './mail/plain.js';
import { failed, type Outcome } from './outcome.js';
import { Turns } from './turns.js';

const shortestWaitMs = 30_000;
const longestWaitMs = 30 * 60_000;

/**
 * Carries out one action: asks the ledger, finds the address, sends, enters it in the ledger. Between the carrier's
 * acceptance and the ledger's entry a crash makes the mail go again, with the same Message-ID.
 */
export class MailDesk {
  readonly #turns = new Turns();

  constructor(
    private readonly ledger: Ledger,
    private readonly book: AddressBook,
    private readonly bookIsCurrent: BookIsCurrent,
    private readonly carrier: Carrier,
    private readonly sender: Sender,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * `record` is where the action stands; `deferrals` counts how often the action was deferred before.
   * @throws retriable errors of the carrier, the store and the log; nothing was sent then, as far as can be known.
   */
  carryOut(
    action: ActionRequested,
    record: LogRecord,
    deferrals: number,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const work = () => this.#carryOut(action, record, deferrals, signal);
    return this.#turns.take(action.data.actionId, work);
  }

  async #carryOut(
    action: ActionRequested,
    record: LogRecord,
    deferrals: number,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { subject: customer, at } = action;
    const { actionId, template, variables } = action.data;
    const sent = await this.ledger.find(actionId);
    if (sent) return { kind: 'sent', at: sent.at, again: true };

    const now = this.clock.now();
    if (expiresAt(action) < now) return failed('expired');
    if (notBefore(action) > now) return { kind: 'held', until: notBefore(action), deferrals };

    await this.bookIsCurrent.for(record, signal);
    const addressee = await this.book.find(customer);
    if (!addressee || !isMailbox(addressee.email)) return failed('no-address');
    const date = Math.max(at, notBefore(action));
    const { email: to, preferredName } = addressee;
    const mail = composeMail(
      { customer, actionId, template, variables, date, to, preferredName },
      this.sender,
    );
    if (!mail) {
      const message = `no template '${template.slice(0, 100)}', and the action brings no text`;
      return failed('no-template', { code: 'noTemplate', message });
    }

    const delivery = await this.carrier.send(mail);
    if (delivery.kind !== 'accepted') return notAccepted(delivery, deferrals, this.clock.now());
    const acceptedAt = this.clock.now();
    await this.ledger.enter(actionId, { at: acceptedAt });
    return { kind: 'sent', at: acceptedAt, again: false };
  }
}

function notAccepted(
  delivery: Exclude<Delivery, { kind: 'accepted' }>,
  deferrals: number,
  now: number,
): Outcome {
  const { reason } = delivery;
  if (delivery.kind === 'deferred')
    return {
      kind: 'held',
      until: now + Math.min(longestWaitMs, shortestWaitMs * 2 ** deferrals),
      deferrals: deferrals + 1,
    };
  return {
    kind: 'failed',
    reason,
    bounced: delivery.unknownAddress,
    deadLetter: { code: delivery.unknownAddress ? 'bounced' : 'refused', message: reason },
  };
}
