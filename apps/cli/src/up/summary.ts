import { summaryText } from '../replay/summary-text.js';
import type { Summary } from '../replay/tally.js';

export interface MailSummary {
  /** Since the start. */
  readonly sent: number;
  /** Waiting for the hour at which they may go. */
  readonly held: number;
  /** A folder or a server. */
  readonly destination: string;
}

/** What `perennial up` prints once everything known is folded. */
export function upSummary(
  summary: Summary,
  mails: MailSummary,
  dueToday: number,
  example: string | undefined,
): string {
  const customer = example ?? 'CUSTOMER';
  const hints = [
    [`npx perennial show ${customer}`, 'stage, health, facts and timers of one customer'],
    [`npx perennial why ${customer}`, 'what was decided about them, by which rule, from which facts'],
    ['npx perennial replay --verify', 'repeat everything and compare it, id by id'],
    ['npx perennial publish FILE.ndjson', 'publish events of your own'],
    ['npx perennial --help', 'everything else'],
  ] as const;
  const width = Math.max(...hints.map(([command]) => command.length));
  const waiting = mails.held === 0 ? '' : `, ${mails.held} waiting for their hour`;
  return `${summaryText(summary)}
mails written since the start: ${mails.sent}${waiting}, in ${mails.destination}
(Only actions due after the start are mailed; older ones are suppressed as expired.)
customers with a timer due within the next 24 hours: ${dueToday}

Look further, from another terminal:
${hints.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join('')}`;
}
