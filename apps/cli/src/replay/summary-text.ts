import { table } from '../output.js';
import type { Summary } from './tally.js';

/** The summary as people read it: one short table after the other. */
export function summaryText({ events, customers, stages, health, transitions, actions }: Summary): string {
  const counts = (name: string, by: Readonly<Record<string, number>>) =>
    table(
      Object.entries(by).map(([value, n]) => ({ [name]: value, customers: n, share: percent(n, customers) })),
      [name, 'customers', 'share'],
    );
  return [
    `${events.toLocaleString('en')} events of ${customers.toLocaleString('en')} customers\n`,
    counts('stage', stages),
    counts('health', health),
    table(
      transitions.map((t) => ({ ...t, change: `${t.from} → ${t.to}` })),
      ['region', 'change', 'count'],
    ),
    table([...actions], ['programme', 'kind', 'requested', 'suppressed']),
  ].join('\n');
}

const percent = (n: number, of: number) => (of === 0 ? '' : `${((100 * n) / of).toFixed(1)} %`);
