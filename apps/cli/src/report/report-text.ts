import { table } from '../output.js';
import type { Figures } from './figures.js';
import type { RecoveryReport } from './recovery-table.js';
import type { ReportResult } from './report.js';

/** The report as people read it: one table after the other. */
export function reportText({
  customers,
  transitions,
  programmes,
  messages,
  caps,
  recovery,
  duplicates,
}: ReportResult): string {
  const parts = [
    `${customers.toLocaleString('en')} customers, ${transitions.toLocaleString('en')} transitions\n`,
    table(
      programmes.map((row) => ({ ...row, 'suppressed because': counted(row.reasons) })),
      ['programme', 'requested', 'suppressed', 'suppressed because'],
    ),
    `messages per customer and month, months without one included\n` +
      table(messages, ['purpose', 'messages', 'median', 'p95', 'most']),
    table(
      caps.map(({ cap, found, over }) => ({
        'at most': cap,
        'most found': found,
        'customers over': over.length,
      })),
      ['at most', 'most found', 'customers over'],
    ),
  ];
  if (recovery.cases + recovery.actions.length > 0) parts.push(...recoveryParts(recovery));
  if (duplicates)
    parts.push(
      `upstream's duplicates: ${duplicates.repeatedEvents} events came again; ` +
        `${duplicates.repeatedOutputs} outputs stand again, for those that came beyond the dedupe window\n`,
    );
  return parts.join('\n');
}

function recoveryParts(recovery: RecoveryReport): string[] {
  const { cases, resolved, escalated, overdue, reopened, acknowledged, goodwill } = recovery;
  const amounts = Object.entries(goodwill.amounts).map(
    ([currency, amount]) => `${amount.toFixed(2)} ${currency}`,
  );
  const spans = [
    { hours: 'to acknowledge', ...shown(recovery.hoursToAcknowledge) },
    { hours: 'to resolve', ...shown(recovery.hoursToResolve) },
  ];
  return [
    `recovery: ${cases} cases, ${acknowledged} acknowledged, ${escalated} escalated, ${overdue} overdue, ` +
      `${reopened} reopened, ${resolved} resolved; goodwill ${goodwill.grants} times: ${amounts.join(', ') || 'none'}\n`,
    table(spans, ['hours', 'count', 'median', 'p95', 'most']),
    table(recovery.tasks, ['rung', 'audience', 'count']),
    table(recovery.actions, ['template', 'requested', 'suppressed']),
  ];
}

const counted = (reasons: Readonly<Record<string, number>>) =>
  Object.entries(reasons)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');

const shown = (figures: Figures | undefined) =>
  figures &&
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round((value as number) * 10) / 10]),
  );
