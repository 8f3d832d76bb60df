import { day } from './facts/calendar.js';
import { readers, type Reading } from './facts/read.js';
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
  return (timers, fired, reading) => {
    const planned: Timer[] = [];
    for (const { name, since, days } of plans) {
      const from = since(reading);
      const length = days(reading);
      if (typeof from !== 'number' || length === undefined) continue;
      const due = from + Math.ceil(length * day);
      if (due > (fired[name] ?? 0)) planned.push({ name, due: Math.max(due, reading.at) });
    }
    const standing = timers.filter(({ name }) => own.has(name));
    if (sameTimers(standing, planned)) return timers;
    for (const timer of timers) if (!own.has(timer.name)) planned.push(timer);
    return planned.sort(byDue);
  };
}

function sameTimers(standing: readonly Timer[], planned: readonly Timer[]): boolean {
  if (standing.length !== planned.length) return false;
  return planned.every(({ name, due }) => standing.some((timer) => timer.name === name && timer.due === due));
}
