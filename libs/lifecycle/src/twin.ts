import { canonical } from './definition/canonical.js';
import type { CouponCodes } from './coupon.js';
import type { Definition, RegionConfig } from './definition/definition.js';
import { compileHearers } from './hearers.js';
import { lifecycleOf } from './lifecycle.js';
import type { Machine, Step } from './machine/machine.js';
import type { Standing } from './machine/oracle.js';
import type { Decision } from './programme.js';
import { compileRules, type Rules } from './rules.js';
import type { TimerPlan } from './timers.js';
import type { Lifecycle, Timer } from './types.js';

/**
 * Two definitions looked at side by side. The candidate goes by the other one's name and version, so that both draw the
 * same control groups and give the same ids: what differs then is the rules' doing alone.
 */
export interface Twin {
  readonly against: Lifecycle;
  readonly candidate: Lifecycle;
  /**
   * Whether `candidate` might have done otherwise in the `against.advance` just made. While it is false both sides are one
   * customer, and one fold does for both.
   */
  parted(): boolean;
}

export function createTwin(against: Definition, other: Definition, codes?: CouponCodes): Twin {
  const { name, version } = against;
  const candidate = { ...other, name, version };
  const [one, two] = [compileRules(against, codes), compileRules(candidate, codes)];
  const alone = lifecycleOf(two);
  if (ground(against) !== ground(candidate))
    return { against: lifecycleOf(one), candidate: alone, parted: () => true };
  let apart = false;
  const note = (same: boolean) => void (apart ||= !same);
  const differs = (part: 'machine' | 'timers') => canonical(against[part]) !== canonical(candidate[part]);
  const watched = lifecycleOf({
    ...one,
    ...(differs('machine') && { machine: bothMachines(one, two, note) }),
    ...(differs('timers') && { plan: bothPlans(one.plan, two.plan, note) }),
    hearers: compileHearers(bothProgrammes(one, two, note)),
  });
  const advance: Lifecycle['advance'] = (...given) => {
    apart = false;
    return watched.advance(...given);
  };
  return { against: { ...watched, advance }, candidate: alone, parted: () => apart };
}

/** What must be the same for one fold to do for both: all that is not watched. */
const ground = ({ settings, contactPolicy, programmes }: Definition): string =>
  canonical([
    { ...settings, calendar: settings.calendar.zone },
    contactPolicy,
    programmes.filter(({ programme }) => programme.name === 'relationship').map((it) => it.settings),
  ]);

type Note = (same: boolean) => void;

function bothMachines(one: Rules, two: Rules, note: Note): Machine {
  const asksAlike = alike(one.definition.machine, two.definition.machine);
  return (standing, event, reading) => {
    const step = one.machine(standing, event, reading);
    if (!asksAlike(standing, event)) note(sameStep(step, two.machine(standing, event, reading)));
    return step;
  };
}

type MachineOf = Definition['machine'];

/** Whether both ask the very same of a customer who stands there; remembered, since few of all rules ever differ. */
function alike(one: MachineOf, two: MachineOf): (standing: Standing, event: string) => boolean {
  if (withoutRules(one) !== withoutRules(two)) return () => false;
  const [stage, health] = (['stage', 'health'] as const).map((region) => {
    const known = new Map<string, Map<string, boolean>>();
    const asked = ({ states }: MachineOf, state: string, event: string) => {
      const { states: standings }: RegionConfig = states[region];
      const { [event]: own, '*': any } = standings[state]?.on ?? {};
      return canonical([own, any]);
    };
    return (state: string, event: string) => {
      let events = known.get(state);
      if (!events) known.set(state, (events = new Map<string, boolean>()));
      let same = events.get(event);
      if (same === undefined)
        events.set(event, (same = asked(one, state, event) === asked(two, state, event)));
      return same;
    };
  }) as [(state: string, event: string) => boolean, (state: string, event: string) => boolean];
  return (standing, event) => stage(standing.stage, event) && health(standing.health, event);
}

const withoutRules = (machine: MachineOf): string =>
  canonical(JSON.parse(JSON.stringify(machine, (key, value: unknown) => (key === 'on' ? undefined : value))));

const sameStep = (one: Step | undefined, two: Step | undefined): boolean =>
  one === two || (one !== undefined && two !== undefined && wordsOf(one) === wordsOf(two));

const wordsOf = ({ moves }: Step) =>
  moves.map(({ region, from, to, by }) => `${region} ${from} ${to} ${by.rule} ${by.facts.join()}`).join('\n');

const bothPlans =
  (one: TimerPlan, two: TimerPlan, note: Note): TimerPlan =>
  (...given) => {
    const timers = one(...given);
    note(sameTimers(timers, two(...given)));
    return timers;
  };

const sameTimers = (one: readonly Timer[], two: readonly Timer[]): boolean =>
  one === two ||
  (one.length === two.length && one.every(({ name, due }, i) => name === two[i]?.name && due === two[i].due));

type Entry = Definition['programmes'][number];

/** The first one's programmes, each of which also asks the second's way where that is another one. */
function bothProgrammes(one: Rules, two: Rules, note: Note): readonly Entry[] {
  const others = new Map(two.definition.programmes.map((entry) => [entry.programme.name, entry]));
  const known = new Set(one.definition.programmes.map(({ programme }) => programme.name));
  const shared = one.definition.programmes.map((entry): Entry => {
    const other = others.get(entry.programme.name);
    return other && canonical(other.settings) === canonical(entry.settings)
      ? entry
      : asking(entry, (decision, ...given) => note(sameDecision(decision, decideAs(other, ...given))));
  });
  const added = two.definition.programmes
    .filter(({ programme }) => !known.has(programme.name))
    .map((entry): Entry => {
      const said = asking(entry, (decision) => note(sameDecision(decision, silent)));
      const decide: Entry['programme']['decide'] = (...given) => {
        said.programme.decide(...given);
        return silent;
      };
      return { ...entry, programme: { ...entry.programme, decide } };
    });
  return [...shared, ...added];
}

type Asked = Parameters<Entry['programme']['decide']>;

function asking(entry: Entry, heard: (decision: Decision<unknown>, ...asked: Asked) => void): Entry {
  const decide = (...asked: Asked) => {
    const decision = entry.programme.decide(...asked);
    heard(decision, ...asked);
    return decision;
  };
  return { ...entry, programme: { ...entry.programme, decide } };
}

const silent: Decision<unknown> = { proposals: [] };

const decideAs = (entry: Entry | undefined, ...[moment, , memory]: Asked): Decision<unknown> =>
  entry ? entry.programme.decide(moment, entry.settings, memory) : silent;

const sameDecision = (one: Decision<unknown>, two: Decision<unknown>): boolean =>
  one === two || canonical(one) === canonical(two);
