import type { ReportedAction } from './reported.js';

export const day = 86_400_000;
export const start = Date.UTC(2026, 0, 5, 15);

/** A marketing message to ann by e-mail, changed where a test says so. */
export const sent = (at: number, changed: Partial<ReportedAction> = {}): ReportedAction => ({
  actionId: `a-${at}`,
  programme: 'win-back',
  purpose: 'marketing',
  channel: 'email',
  audience: 'customer',
  template: 'win-back.overdue',
  variables: {},
  customer: 'ann',
  at,
  ...changed,
});
