import { formatTime } from '#contracts';
import { copied } from './copied.js';
import { consult } from './consult.js';
import { readingOf, type Draft } from './draft.js';
import type { Reading } from './facts/read.js';
import { move } from './move.js';
import type { Rules } from './rules.js';
import { arbiterTimer, isOwn, mostTimers, setTimer } from './timers.js';
import type { Timer } from './types.js';

const mostFires = 100;

/** Fires the customer's timers that are due by `upTo` (ms), each at its due time, in order. */
export function fireDue(rules: Rules, draft: Draft, upTo: number): void {
  const { customer } = draft;
  for (let fires = 0; ; fires++) {
    const next = customer.timers[0];
    if (next === undefined || next.due > upTo) return;
    if (fires === mostFires) return postpone(draft, upTo);
    fire(rules, draft, next);
  }
}

// The arbiter's timer depends on the clock that was recorded for a verdict: it must touch nothing but the arbiter.
function fire(rules: Rules, draft: Draft, { name, due }: Timer): void {
  const { customer } = draft;
  customer.timers = setTimer(customer.timers, name, undefined);
  if (name === arbiterTimer) return;
  customer.clock = Math.max(customer.clock, due);
  if (isOwn(name)) {
    const fired: Record<string, number> = copied(customer.fired);
    fired[name] = due;
    customer.fired = fired;
  }
  const causeId = `timer:${name}@${formatTime(due)}`;
  const reading = readingOf(rules, draft);
  const transitions = isOwn(name) ? move(rules, draft, `timer.${name}`, causeId, reading) : [];
  const cause = { type: 'timer', name, due } as const;
  consult(rules, draft, { at: due, cause, causeId, transitions, late: false }, reading);
  replan(rules, draft, reading);
}

/** Puts the definition's timers where the facts now say, and keeps at most 64 of all. */
export function replan({ plan }: Rules, draft: Draft, reading: Reading): void {
  const { customer, cut } = draft;
  customer.timers = plan(customer.timers, customer.fired, reading);
  if (customer.timers.length <= mostTimers) return;
  for (const { name } of customer.timers.slice(mostTimers))
    cut.push(`timer ${name}: more than ${mostTimers}`);
  customer.timers = customer.timers.slice(0, mostTimers);
}

/** Timers that set themselves again and again jump to the end of the stretch, and fire once more there. */
function postpone({ customer, cut }: Draft, upTo: number): void {
  const late = customer.timers.filter(({ due }) => due < upTo);
  cut.push(`timers ${late.map(({ name }) => name).join(', ')}: fired ${mostFires} times, the rest at once`);
  for (const { name } of late) customer.timers = setTimer(customer.timers, name, upTo);
}
