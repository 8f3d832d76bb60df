import { canonical } from '../definition/canonical.js';
import type { Definition } from '../definition/definition.js';
import { viewOf, type DefinitionView } from './summary.js';
import { regionNames, type RuleView } from './rules-of.js';

export interface Difference {
  readonly area: 'rule' | 'state' | 'timer' | 'programme' | 'contact policy' | 'setting';
  readonly change: 'added' | 'removed' | 'changed';
  /** Within its area, such as `stage.awareness.boughtRegularly` or `win-back.validDays`. */
  readonly name: string;
  /** In words; absent where it was added. */
  readonly before?: string;
  /** In words; absent where it was removed. */
  readonly after?: string;
}

/** One comparable thing: equal where `exact` is. */
interface Part {
  readonly area: Difference['area'];
  readonly name: string;
  readonly exact: string;
  /** In pieces: of a change only those are said that differ. */
  readonly words: readonly string[];
  /** Comes and goes with that part of its area, and is then not said by itself. */
  readonly partOf?: string;
}

/** What another definition would do otherwise, with every default filled in. Empty where both mean the same. */
export function diffDefinitions(before: Definition, after: Definition): readonly Difference[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const changes: Difference[] = [];
  for (const part of [...old.values(), ...[...now.values()].filter((it) => !old.has(keyOf(it)))]) {
    const [was, is] = [old.get(keyOf(part)), now.get(keyOf(part))];
    if (was?.exact === is?.exact) continue;
    const whole = part.partOf === undefined ? undefined : keyOf({ area: part.area, name: part.partOf });
    if (whole !== undefined && old.has(whole) !== now.has(whole)) continue;
    changes.push(difference(part, was, is));
  }
  return [...changes, ...turned(before, after)];
}

const keyOf = ({ area, name }: Pick<Part, 'area' | 'name'>) => `${area} ${name}`;

function difference({ area, name }: Part, was: Part | undefined, is: Part | undefined): Difference {
  const [before, after] = was && is ? wordsOf(was, is) : [was?.words.join('; '), is?.words.join('; ')];
  return {
    area,
    change: was ? (is ? 'changed' : 'removed') : 'added',
    name,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** What differs in words; exactly, where words are too coarse for it. */
function wordsOf(was: Part, is: Part): readonly [string, string] {
  const [old, now] = [
    was.words.filter((it, i) => it !== is.words[i]),
    is.words.filter((it, i) => it !== was.words[i]),
  ];
  return old.length + now.length === 0 ? [was.exact, is.exact] : [old.join('; '), now.join('; ')];
}

function partsOf(definition: Definition): ReadonlyMap<string, Part> {
  const view = viewOf(definition);
  const parts: Part[] = [
    ...settingParts('setting', view.settings),
    ...view.states.map(({ region, state, description }) =>
      part('state', `${region}.${state}`, description, description),
    ),
    ...ruleParts(view.rules),
    ...definition.timers.map((timer, i) => part('timer', timer.name, timer, view.timers[i]!.due)),
    ...view.programmes.flatMap(programmeParts),
    ...settingParts('contact policy', view.contactPolicy),
  ];
  return new Map(parts.map((it) => [keyOf(it), it]));
}

const part = (area: Part['area'], name: string, exact: unknown, ...words: readonly string[]): Part => ({
  area,
  name,
  exact: canonical(exact),
  words,
});

const settingParts = (area: Part['area'], settings: DefinitionView['settings']): Part[] =>
  settings.map(({ name, value, words }) => part(area, name, value, words));

function programmeParts({ programme, on, settings }: DefinitionView['programmes'][number]): Part[] {
  if (!on) return [];
  return [
    part('programme', programme, true, 'on'),
    ...settings.map(({ name, value, words }) => ({
      ...part('programme', `${programme}.${name}`, value, words),
      partOf: programme,
    })),
  ];
}

/** By region, state and name; a name that a state has twice, for two targets, is told apart by the target. */
function ruleParts(rules: readonly RuleView[]): Part[] {
  const names = rules.map(nameOf);
  return rules.map((rule, i) => {
    const shared = names.filter((name) => name === names[i]).length > 1;
    const name = shared ? `${names[i]!} → ${rule.to}` : names[i]!;
    const { to, guard, on, description, when, heard } = rule;
    const exact = [to, guard, [...on].sort(), description, when];
    return part('rule', name, exact, `to ${to}`, `when ${when}`, `on ${heard}`, description);
  });
}

const nameOf = ({ region, from, rule }: RuleView) => `${region}.${from}.${rule}`;

/** Where both have the same rules of an event, and ask them in another order. */
function turned(before: Definition, after: Definition): Difference[] {
  const [old, now] = [ordersOf(before), ordersOf(after)];
  return [...old].flatMap(([name, rules]): Difference[] => {
    const others = now.get(name) ?? [];
    const was = rules.filter((rule) => others.includes(rule)).join(', ');
    const is = others.filter((rule) => rules.includes(rule)).join(', ');
    return was === is
      ? []
      : [{ area: 'rule', change: 'changed', name: `order of ${name}`, before: was, after: is }];
  });
}

function ordersOf({ machine }: Definition): ReadonlyMap<string, readonly string[]> {
  const orders = new Map<string, readonly string[]>();
  for (const region of regionNames)
    for (const [state, { on = {} }] of Object.entries(machine.states[region].states))
      for (const [event, refs] of Object.entries(on))
        orders.set(
          `${region}.${state} on ${event}`,
          [refs].flat().map(({ meta }) => meta.rule),
        );
  return orders;
}
