import type { Definition } from '../definition/definition.js';
import type { Reading } from '../facts/read.js';
import type { Customer } from '../state.js';
import type { CustomerState } from '../types.js';
import { eventInWords } from './event-words.js';
import { dateOf, daysInWords } from './fact-words.js';
import { rulesOf, type RuleView } from './rules-of.js';
import { unmet, type Condition } from './unmet.js';
import { day } from '../facts/calendar.js';

/** One way out of the present stage or health, and what it still lacks. */
export interface Prospect extends Pick<RuleView, 'region' | 'from' | 'to' | 'rule' | 'description' | 'on'> {
  readonly unmet: readonly Condition[];
  /** The timer that will bring it, where it waits for one that is set. */
  readonly timer?: { readonly name: string; readonly due: number };
  readonly words: string;
}

/** What would move a customer at `at` (ms): every rule out of the present stage and health, the nearest first. */
export function outlook(definition: Definition, state: CustomerState, at: number): readonly Prospect[] {
  const customer = state as Customer;
  const reading = { facts: customer.facts, standing: customer, at, settings: definition.settings };
  return rulesOf(definition)
    .filter(({ region, from, to }) => customer[region] === from && from !== to)
    .map((rule) => ({ prospect: prospectOf(rule, customer, reading), rule }))
    .sort((a, b) => distance(a.prospect) - distance(b.prospect) || dueOf(a.prospect) - dueOf(b.prospect))
    .map(({ prospect }) => prospect);
}

const dueOf = ({ timer }: Prospect) => timer?.due ?? Infinity;
const distance = (prospect: Prospect) => prospect.unmet.length + (waitsInVain(prospect) ? 1 : 0);
const waitsInVain = ({ on, timer }: Pick<Prospect, 'on' | 'timer'>) =>
  timer === undefined && on.every((event) => event.startsWith('timer.'));

function prospectOf(rule: RuleView, { timers }: CustomerState, reading: Reading): Prospect {
  const { region, from, to, description, on, guard } = rule;
  const lacking = guard ? unmet(guard, reading) : [];
  const timer = timers.find(({ name }) => on.includes(`timer.${name}`));
  const found = {
    region,
    from,
    to,
    rule: rule.rule,
    description,
    on,
    unmet: lacking,
    ...(timer && { timer }),
  };
  return { ...found, words: inWords(found, reading.at) };
}

function inWords(prospect: Omit<Prospect, 'words'>, at: number): string {
  const { to, rule, on, unmet: lacking, timer } = prospect;
  const conditions = lacking.map(({ words, byItselfAt }) =>
    byItselfAt === undefined ? words : `${words} (so from ${dateOf(byItselfAt)} on, by time alone)`,
  );
  const awaited = timer
    ? `timer ${timer.name} on ${dateOf(timer.due)} (${timer.due > at ? `in ${daysInWords((timer.due - at) / day)}` : 'due now'})`
    : waitsInVain(prospect)
      ? `${on.map(eventInWords).join(', ')}, which is not set`
      : on.includes('*')
        ? 'the next event'
        : `the next ${on.map(eventInWords).join(' or ')}`;
  const moved = lacking.length === 0 ? `${awaited} moves there` : `${conditions.join('; ')}; then ${awaited}`;
  return `to ${to} by ${rule}: ${moved}`;
}
