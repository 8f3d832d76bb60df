import type { Clock, EventLog, LogRecord, OutboundRecord } from '#pipeline';
import type { LogContext } from '#transport';
import { isMail, type ActionRequested } from './action.js';
import { recordOf, type Held, type HeldActions } from './held-actions.js';
import type { MailDesk } from './mail-desk.js';
import { mailerGroup, type MailerConfig } from './mailer-config.js';
import { outcomeEvent } from './outcome-event.js';
import type { Final } from './outcome.js';
import type { MailerStats } from './mailer-stats.js';
import type { Subscription } from './subscription.js';

/** The way of an action through the mailer: from its record to mail, answer, and dead letter where one is due. */
export class Actions {
  constructor(
    private readonly desk: MailDesk,
    private readonly held: HeldActions,
    private readonly log: EventLog,
    private readonly subscription: Subscription,
    private readonly stats: MailerStats,
    private readonly config: MailerConfig,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async arrived(action: ActionRequested, context: LogContext): Promise<void> {
    const { actionId } = action.data;
    if (!isMail(action) || (await this.held.has(actionId))) return;
    const outcome = await this.desk.carryOut(action, context.record, 0, context.signal);
    this.stats.count(outcome);
    if (outcome.kind === 'held')
      return this.held.hold(action, context.record, outcome.until, outcome.deferrals);
    context.publish(this.#answer(action, outcome));
    if (outcome.kind === 'failed' && outcome.deadLetter) context.deadLetter(outcome.deadLetter);
  }

  /**
   * Takes up an action that was held and is due. Its answer is published apart from any offset, so a crash before the
   * entry is gone publishes it again with the same id.
   */
  async resumed(actionId: string, entry: Held, signal: AbortSignal): Promise<void> {
    const record = recordOf(entry.record);
    const decoded = this.subscription.decode(record);
    if (decoded.kind !== 'event') return this.held.release(actionId);
    const action = decoded.event as ActionRequested;
    const outcome = await this.desk.carryOut(action, record, entry.deferrals, signal);
    this.stats.count(outcome);
    if (outcome.kind === 'held') return this.held.hold(action, record, outcome.until, outcome.deferrals);
    await this.log.publish([
      this.#answer(action, outcome),
      ...this.#letter(record, outcome, entry.deferrals + 1),
    ]);
    await this.held.release(actionId);
  }

  #letter(record: LogRecord, outcome: Final, attempts: number): OutboundRecord[] {
    if (outcome.kind !== 'failed' || !outcome.deadLetter) return [];
    const group = mailerGroup(this.config);
    return [this.subscription.deadLetter({ record, reason: outcome.deadLetter, attempts, group })];
  }

  #answer(action: ActionRequested, outcome: Final): OutboundRecord {
    return outcomeEvent(action, outcome, this.clock.now(), this.config);
  }
}
