import { isEntry, shown, type Entry, type Report } from './problems.js';

/** What is wrong with rules beside each other, where each by itself may be right. */
export function checkRules(machine: unknown, timers: readonly string[], report: Report): void {
  const heard = new Set<string>();
  for (const { path, config } of states(machine)) {
    const { description = '', on } = config;
    if (typeof description !== 'string') report(`${path}.description`, `${shown(description)} is no text`);
    const named = new Map<string, string>();
    for (const [event, value] of Object.entries(isEntry(on) ? on : {})) {
      heard.add(event);
      const rules = [value].flat().filter(isEntry);
      const here = (i: number) => `${path}.on.${event}${Array.isArray(value) ? `[${i}]` : ''}`;
      checkOrder(rules, here, report);
      rules.forEach((rule, i) => checkName(rule, named, here(i), report));
    }
  }
  if (heard.has('*')) return;
  for (const timer of timers)
    if (!heard.has(`timer.${timer}`))
      report(`timers.${timer}`, `no rule hears the timer '${timer}'`, `a rule on timer.${timer} or on *`);
}

/** XState asks the rules of one event in order, and takes the first that holds. */
function checkOrder(rules: readonly Entry[], here: (i: number) => string, report: Report): void {
  rules.forEach(({ guard }, i) => {
    const first = rules.findIndex(
      (it, j) => j < i && (it['guard'] === undefined || same(it['guard'], guard)),
    );
    if (first < 0) return;
    const before = `rule '${nameOf(rules[first]!)}' stands before it and ${rules[first]!['guard'] === undefined ? 'has no guard' : 'has the same guard'}`;
    report(here(i), `is never taken: ${before}`, 'rules whose guards ask for less come later');
  });
}

/** Evidence names a rule by state, target and name: two that share them could not be told apart. */
function checkName(rule: Entry, named: Map<string, string>, path: string, report: Report): void {
  const key = `${String(rule['target'])} ${nameOf(rule)}`;
  const content = JSON.stringify([rule['guard'], rule['description']]);
  if ((named.get(key) ?? content) !== content)
    report(
      `${path}.meta.rule`,
      `another rule of this state is called '${nameOf(rule)}'`,
      'a name of its own',
    );
  else named.set(key, content);
}

const nameOf = ({ meta }: Entry): string => (isEntry(meta) ? String(meta['rule']) : '');
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

interface Place {
  readonly path: string;
  readonly config: Entry;
}

/** Every state, whatever else is wrong. */
const states = (machine: unknown): readonly Place[] =>
  places(isEntry(machine) ? machine['states'] : undefined, 'machine.states').flatMap(({ path, config }) =>
    places(config['states'], `${path}.states`),
  );

function places(value: unknown, path: string): readonly Place[] {
  if (!isEntry(value)) return [];
  return Object.entries(value).flatMap(([name, config]) =>
    isEntry(config) ? [{ path: `${path}.${name}`, config }] : [],
  );
}
