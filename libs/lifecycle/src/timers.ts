import { day } from './facts/calendar.js';
import { readers, type Reader, type Reading } from './facts/read.js';
import type { Definition } from './definition/definition.js';
import { daysOf } from './definition/duration.js';
import { joinedBy } from './joined-by.js';
import type { Timer } from './types.js';

/** The arbiter's own timer, which only makes it judge again. */
export const arbiterTimer = 'arbiter';

export const mostTimers = 64;

/** Whether it is one of the definition's timers; a programme's carries the programme's name before a dot. */
export const isOwn = (name: string): boolean => !name.includes('.');

/** The full name of a programme's timer. */
export const timerName = joinedBy('.');

const byDue = (a: Timer, b: Timer) => a.due - b.due || (a.name < b.name ? -1 : 1);

/**
 * Sets or, with `undefined`, clears one timer. Earliest first. It is due at a whole ms, since the record that lets it fire
 * names that moment as a date.
 */
export function setTimer(timers: readonly Timer[], name: string, at: number | undefined): readonly Timer[] {
  const due = at === undefined ? undefined : Math.ceil(at);
  if (dueIn(timers, name) === due) return timers;
  const set = timers.slice();
  place(set, name, due);
  return set;
}

function dueIn(timers: readonly Timer[], name: string): number | undefined {
  for (let i = 0; i < timers.length; i++) if (timers[i]!.name === name) return timers[i]!.due;
  return undefined;
}

/** The same, in a list of one's own: the timer moves past those that it now comes before or after. */
function place(timers: Timer[], name: string, due: number | undefined): void {
  let at = 0;
  while (at < timers.length && timers[at]!.name !== name) at++;
  if (due === undefined) {
    timers.splice(at, 1);
    return;
  }
  const timer = { name, due };
  for (; at > 0 && byDue(timers[at - 1]!, timer) > 0; at--) timers[at] = timers[at - 1]!;
  for (; at + 1 < timers.length && byDue(timers[at + 1]!, timer) < 0; at++) timers[at] = timers[at + 1]!;
  timers[at] = timer;
}

/** Where the definition's timers stand, given the facts. */
export type TimerPlan = (
  timers: readonly Timer[],
  fired: Readonly<Record<string, number>>,
  reading: Reading,
) => readonly Timer[];

/**
 * A timer is due where its fact puts it. It fires once for each place; one that late events put into the past is due at
 * once.
 */
export function planTimers({ timers: rules, settings }: Definition): TimerPlan {
  const plans = rules.map(({ name, since, days }) => ({
    name,
    since: readers[since],
    days: daysOf(days, settings.cycle),
  }));
  return (timers, fired, reading) => {
    let planned: Timer[] | undefined;
    for (let i = 0; i < plans.length; i++) {
      const plan = plans[i]!;
      const due = dueOf(plan, fired, reading);
      if (dueIn(timers, plan.name) !== due) place((planned ??= timers.slice()), plan.name, due);
    }
    return planned ?? timers;
  };
}

interface Plan {
  readonly name: string;
  readonly since: Reader;
  readonly days: (reading: Reading) => number | undefined;
}

/** Where facts put it; undefined where they do not, or where it has fired for this place. */
function dueOf(
  { name, since, days }: Plan,
  fired: Readonly<Record<string, number>>,
  reading: Reading,
): number | undefined {
  const from = since(reading);
  if (typeof from !== 'number') return undefined;
  const length = days(reading);
  if (length === undefined) return undefined;
  const due = from + Math.ceil(length * day);
  return due > (fired[name] ?? 0) ? Math.max(due, reading.at) : undefined;
}
