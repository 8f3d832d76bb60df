import type { Outcome } from './outcome.js';

export interface MailerCounts {
  /** Mails accepted by the carrier since the start. */
  sent: number;
  /** Actions that came again after their mail was sent. */
  sentBefore: number;
  /** Times that an action was put off. */
  held: number;
  expired: number;
  noAddress: number;
  /** Refused by the carrier, or without a template. */
  refused: number;
}

export class MailerStats {
  readonly counts: MailerCounts = { sent: 0, sentBefore: 0, held: 0, expired: 0, noAddress: 0, refused: 0 };

  count(outcome: Outcome): void {
    this.counts[nameOf(outcome)]++;
  }
}

function nameOf(outcome: Outcome): keyof MailerCounts {
  switch (outcome.kind) {
    case 'sent':
      return outcome.again ? 'sentBefore' : 'sent';
    case 'held':
      return 'held';
    case 'failed':
      if (outcome.reason === 'expired') return 'expired';
      return outcome.reason === 'no-address' ? 'noAddress' : 'refused';
  }
}
