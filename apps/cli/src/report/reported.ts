import type { Action } from '#lifecycle';

/** An action as the report looks at it, from a topic or straight from advance(). `at`: the clock of its verdict, ms. */
export interface ReportedAction extends Pick<
  Action,
  'actionId' | 'programme' | 'purpose' | 'channel' | 'audience' | 'template' | 'variables' | 'reminderOf'
> {
  readonly customer: string;
  readonly at: number;
  /** Why it was suppressed; absent where it was requested. */
  readonly reason?: string;
}

/** An event of a customer as the report looks at it. */
export interface ReportedEvent {
  readonly type: string;
  readonly customer: string;
  /** Event time, ms. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}
