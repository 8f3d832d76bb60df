import { day } from './facts/calendar.js';
import { readers, type Reader, type Reading } from './facts/read.js';
import type { Definition } from './definition/definition.js';
import { daysOf } from './definition/duration.js';
import type { Timer } from './types.js';

/** The arbiter's own timer, which only makes it judge again. */
export const arbiterTimer = 'arbiter';

export const mostTimers = 64;

/** Whether it is one of the definition's timers; a programme's carries the programme's name before a dot. */
export const isOwn = (name: string): boolean => !name.includes('.');

const byDue = (a: Timer, b: Timer) => a.due - b.due || (a.name < b.name ? -1 : 1);

/** Sets or, with `undefined`, clears one timer. Earliest first. */
export function setTimer(timers: readonly Timer[], name: string, due: number | undefined): readonly Timer[] {
  const known = timers.find((timer) => timer.name === name);
  if (known?.due === due) return timers;
  const others = known ? timers.filter((timer) => timer !== known) : timers;
  return due === undefined ? others : [...others, { name, due }].sort(byDue);
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
  const own = new Set(plans.map(({ name }) => name));
  const replanned: TimerPlan = (timers, fired, reading) => {
    const planned = timers.filter(({ name }) => !own.has(name));
    for (const plan of plans) {
      const due = dueOf(plan, fired, reading);
      if (due !== undefined) planned.push({ name: plan.name, due });
    }
    return planned.sort(byDue);
  };
  return (timers, fired, reading) => {
    for (const plan of plans)
      if (dueIn(timers, plan.name) !== dueOf(plan, fired, reading)) return replanned(timers, fired, reading);
    return timers;
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

function dueIn(timers: readonly Timer[], name: string): number | undefined {
  for (const timer of timers) if (timer.name === name) return timer.due;
  return undefined;
}
