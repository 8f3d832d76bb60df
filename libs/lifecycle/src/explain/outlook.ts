import type { Definition } from '../definition/definition.js';
import { day } from '../facts/calendar.js';
import type { Customer } from '../state.js';
import type { CustomerState, Timer } from '../types.js';
import { eventInWords } from './event-words.js';
import { dateOf, daysInWords } from './fact-words.js';
import { rulesOf, type RuleView } from './rules-of.js';
import { unmet, type Condition } from './unmet.js';

/** One way out of the present stage or health, and what it still lacks. */
export interface Prospect extends Pick<RuleView, 'region' | 'from' | 'to' | 'rule' | 'description' | 'on'> {
  readonly unmet: readonly Condition[];
  /** The timer that will bring it, where it waits for one that is set. */
  readonly timer?: Timer;
  /** What brings it once nothing is unmet, in words. */
  readonly awaits: string;
}

/**
 * What would move a customer at `at` (ms): every rule out of the present stage and health, those with the fewest unmet
 * conditions first; of as many, the one whose timer is due sooner.
 */
export function outlook(definition: Definition, state: CustomerState, at: number): readonly Prospect[] {
  const customer = state as Customer;
  const reading = { facts: customer.facts, standing: customer, at, settings: definition.settings };
  return rulesOf(definition)
    .filter(({ region, from, to }) => customer[region] === from && from !== to)
    .map(({ region, from, to, rule, description, on, guard }): Prospect => {
      const timer = customer.timers.find(({ name }) => on.includes(`timer.${name}`));
      const lacking = guard ? unmet(guard, reading) : [];
      const awaits = timer ? timerInWords(timer, at) : awaited(on);
      return { region, from, to, rule, description, on, unmet: lacking, awaits, ...(timer && { timer }) };
    })
    .sort((a, b) => distance(a) - distance(b) || dueOf(a) - dueOf(b));
}

const isTimer = (event: string) => event.startsWith('timer.');
const dueOf = ({ timer }: Prospect) => timer?.due ?? Number.MAX_VALUE;
/** A rule whose timer is not set lacks that. */
const distance = ({ unmet: lacking, on, timer }: Prospect) =>
  lacking.length + (timer === undefined && on.every(isTimer) ? 1 : 0);

const timerInWords = ({ name, due }: Timer, at: number) =>
  `timer ${name} on ${dateOf(due)} (${due > at ? `in ${daysInWords((due - at) / day)}` : 'due now'})`;

function awaited(on: readonly string[]): string {
  if (on.includes('*')) return 'the next event';
  const events = on.map(eventInWords).join(' or ');
  return on.every(isTimer) ? `${events}, which is not set` : `the next ${events}`;
}
