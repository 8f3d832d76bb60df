import type { Definition } from '#lifecycle';
import { CapWatch, type CapRow } from './cap-watch.js';
import type { Duplicates } from './duplicates.js';
import { MessagesByMonth, type MessageRow } from './messages-by-month.js';
import { ProgrammeTable, type ProgrammeRow } from './programme-table.js';
import { RecoveryTable, type RecoveryReport } from './recovery-table.js';
import type { ReportedAction, ReportedEvent } from './reported.js';

/** From `from` on and before `to`, ms. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface ReportResult {
  readonly customers: number;
  readonly transitions: number;
  readonly programmes: readonly ProgrammeRow[];
  /** Messages of one customer in one month. */
  readonly messages: readonly MessageRow[];
  readonly caps: readonly CapRow[];
  readonly recovery: RecoveryReport;
  /** Absent where no log was read. */
  readonly duplicates?: Duplicates;
}

/** Adds up what was decided. Actions and transitions of one customer come in order of time. */
export class Report {
  readonly #programmes = new ProgrammeTable();
  readonly #messages: MessagesByMonth;
  readonly #caps: CapWatch;
  readonly #recovery = new RecoveryTable();
  #transitions = 0;
  duplicates: Duplicates | undefined;

  constructor(
    { settings, contactPolicy }: Pick<Definition, 'settings' | 'contactPolicy'>,
    private readonly period: Period,
    undelivered: ReadonlySet<string>,
  ) {
    this.#messages = new MessagesByMonth(settings.calendar.zone);
    this.#caps = new CapWatch(contactPolicy.caps, undelivered);
  }

  event(event: ReportedEvent): void {
    if (this.#within(event.at)) this.#recovery.event(event);
  }

  seen(customer: string, at: number): void {
    if (this.#within(at)) this.#messages.seen(customer, at);
  }

  transition(customer: string, at: number): void {
    if (!this.#within(at)) return;
    this.#transitions++;
    this.#messages.seen(customer, at);
  }

  action(action: ReportedAction): void {
    if (!this.#within(action.at)) return;
    this.#programmes.take(action);
    this.#recovery.action(action);
    this.#messages.seen(action.customer, action.at);
    if (action.reason !== undefined || action.audience !== 'customer') return;
    this.#messages.take(action);
    this.#caps.take(action);
  }

  result(): ReportResult {
    return {
      customers: this.#messages.customers,
      transitions: this.#transitions,
      programmes: this.#programmes.rows(),
      messages: this.#messages.rows(),
      caps: this.#caps.rows(),
      recovery: this.#recovery.report(),
      ...(this.duplicates && { duplicates: this.duplicates }),
    };
  }

  #within(at: number): boolean {
    return at >= this.period.from && at < this.period.to;
  }
}
