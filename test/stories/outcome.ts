import type { Action, Suppression, Told, Transition } from '#lifecycle';
import { ledgerLine } from './ledger.js';
import type { Output } from './outputs.js';

/** One line of an outcome: what was decided of a customer, and when, ms. */
export interface Decided {
  readonly customer: string;
  readonly at: number;
  readonly text: string;
}

type Requested = Pick<Action, 'template' | 'channel' | 'audience' | 'variables'>;

const requested = ({ template, channel, audience, variables: { occasion } }: Requested) =>
  [audience === 'customer' ? channel : `for ${audience}:`, template, occasion].filter(Boolean).join(' ');
const suppressed = ({ template }: Requested, reason: string) => `not ${template}: ${reason}`;
const changed = ({ from, to }: Pick<Transition, 'from' | 'to'>, region: string, rule: string) =>
  `${region} ${from} → ${to}: ${rule}`;

/** What one advance decided. */
export function decidedBy(
  customer: string,
  { transitions, actions, suppressed: stopped, records, now }: Told,
): Decided[] {
  return [
    ...transitions.map((t) => ({ customer, at: t.at, text: changed(t, t.region, t.evidence.rule) })),
    ...actions.map((action) => ({ customer, at: now, text: requested(action) })),
    ...stopped.map(({ action, reason }: Suppression) => ({
      customer,
      at: now,
      text: suppressed(action, reason),
    })),
    ...records.flatMap((record) => {
      const text = ledgerLine(record);
      return text === undefined ? [] : [{ customer: record.subject, at: record.at, text }];
    }),
  ];
}

/** The same, as a published record states it; none where no story tells of it. */
export function publishedBy({ type, subject, time, data }: Output): Decided[] {
  const line = (text: string) => [{ customer: subject, at: Date.parse(time), text }];
  switch (type) {
    case 'action.requested.v1':
      return line(requested(data as unknown as Requested));
    case 'action.suppressed.v1':
      return line(suppressed(data as unknown as Requested, String(data['reason'])));
    case 'stage.changed.v1':
    case 'health.changed.v1':
      return line(changed(data as unknown as Transition, type.split('.')[0] ?? '', String(data['rule'])));
    default: {
      const text = ledgerLine({ type, data });
      return text === undefined ? [] : line(text);
    }
  }
}

/**
 * As a story's file shows it: by time in the story's zone, then by what it says, since topics have no order among them. A line
 * about another customer than the story's own begins with who it is.
 */
export function outcomeOf(decided: readonly Decided[], main: string, zone: string): string[] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return decided
    .map(({ customer, at, text }) => ({
      at,
      line: `${clock.format(at)} ${customer === main ? '' : `${customer}: `}${text}`,
    }))
    .sort((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1))
    .map(({ line }) => line);
}
