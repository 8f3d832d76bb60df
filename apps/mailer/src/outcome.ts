import type { DeadLetterReason } from '#transport';

/**
 * What became of an action.
 * - `sent`: accepted, now or (`again`) by an earlier attempt; `at` is when, ms.
 * - `held`: not now; `until` is when to try again, ms; `deferrals` how often the carrier has put it off.
 * - `failed`: it will never be mailed. `bounced` where the address is the reason; `deadLetter` where a person should look.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly at: number; readonly again: boolean }
  | { readonly kind: 'held'; readonly until: number; readonly deferrals: number }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly bounced: boolean;
      readonly deadLetter?: DeadLetterReason;
    };

export type Final = Exclude<Outcome, { kind: 'held' }>;

export const failed = (reason: string, deadLetter?: DeadLetterReason): Final => ({
  kind: 'failed',
  reason,
  bounced: false,
  ...(deadLetter && { deadLetter }),
});
