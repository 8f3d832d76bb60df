import { eventTypes, healths, isInputType, stages } from '#contracts';
import { checkGuard } from './check-guard.js';
import { checkReach, type Edge } from './check-reach.js';
import { checkKeys, isEntry, shown, type Report } from './problems.js';

const regions = { stage: stages, health: healths } as const;

/** The part of XState that a definition may use: two parallel regions of flat states, with guarded transitions. */
export function checkMachine(machine: unknown, timers: readonly string[], report: Report): void {
  const path = 'machine';
  if (!isEntry(machine)) return report(path, `${shown(machine)} is no machine`, '{ id, type, states }');
  checkKeys(machine, path, ['id', 'type', 'description', 'states'], report);
  if (typeof machine['id'] !== 'string') report(`${path}.id`, `${shown(machine['id'])} is no name`);
  if (machine['type'] !== 'parallel') report(`${path}.type`, `${shown(machine['type'])}`, 'parallel');
  const { states } = machine;
  if (!isEntry(states))
    return report(`${path}.states`, `${shown(states)} are no regions`, Object.keys(regions));
  checkKeys(states, `${path}.states`, Object.keys(regions), report);
  for (const name of ['stage', 'health'] as const)
    checkRegion(states[name], name, `${path}.states.${name}`, timers, report);
}

function checkRegion(
  region: unknown,
  name: keyof typeof regions,
  path: string,
  timers: readonly string[],
  report: Report,
): void {
  const known: readonly string[] = regions[name];
  if (!isEntry(region)) return report(path, `${shown(region)} is no region`, '{ initial, states }');
  checkKeys(region, path, ['initial', 'description', 'states'], report);
  const { initial, states } = region;
  if (initial !== known[0]) report(`${path}.initial`, `${shown(initial)} cannot be first`, known[0]);
  if (!isEntry(states)) return report(`${path}.states`, `${shown(states)} are no states`, known);
  for (const state of Object.keys(states))
    if (!known.includes(state)) report(`${path}.states.${state}`, `unknown ${name} '${state}'`, known);
  const edges: Edge[] = [];
  for (const state of known) {
    const here = `${path}.states.${state}`;
    const config = states[state];
    if (!isEntry(config)) {
      report(here, `the ${name} '${state}' is missing`);
      continue;
    }
    checkKeys(config, here, ['description', 'on'], report);
    checkOn(config['on'], `${here}.on`, known, timers, report, (to) => edges.push({ from: state, to }));
  }
  checkReach(name, known, edges, `${path}.states`, report);
}

function checkOn(
  on: unknown,
  path: string,
  targets: readonly string[],
  timers: readonly string[],
  report: Report,
  found: (target: string) => void,
): void {
  if (on === undefined) return;
  if (!isEntry(on)) return report(path, `${shown(on)} are no transitions`);
  for (const [event, transitions] of Object.entries(on)) {
    if (!isMachineEvent(event, timers))
      report(`${path}.${event}`, `unknown event '${event}'`, events(timers));
    [transitions].flat().forEach((transition, i) => {
      const here = Array.isArray(transitions) ? `${path}.${event}[${i}]` : `${path}.${event}`;
      checkTransition(transition, here, targets, report, found);
    });
  }
}

function checkTransition(
  transition: unknown,
  path: string,
  targets: readonly string[],
  report: Report,
  found: (target: string) => void,
): void {
  if (!isEntry(transition))
    return report(path, `${shown(transition)} is no transition`, '{ target, guard, description, meta }');
  checkKeys(transition, path, ['target', 'guard', 'description', 'meta'], report);
  const { target, guard, description, meta } = transition;
  if (typeof target !== 'string' || !targets.includes(target))
    report(`${path}.target`, `unknown target ${shown(target)}`, targets);
  else found(target);
  if (guard !== undefined) checkGuard(guard, `${path}.guard`, report);
  if (typeof description !== 'string' || description === '')
    report(`${path}.description`, `${shown(description)}: say in plain words when it is taken`);
  if (!isEntry(meta) || typeof meta['rule'] !== 'string' || !/^[a-z][A-Za-z0-9]*$/.test(meta['rule']))
    report(
      `${path}.meta.rule`,
      `${shown(isEntry(meta) ? meta['rule'] : undefined)} is no rule's name`,
      'such as cameBack',
    );
}

/** Read, and not folded by the machine. */
const neverMoves: ReadonlySet<string> = new Set([
  'timer.due.v1',
  'customer.erased.v1',
  'definition.activated.v1',
  'announcement.published.v1',
]);

function isMachineEvent(event: string, timers: readonly string[]): boolean {
  if (event === '*' || event === 'stage.changed') return true;
  if (event.startsWith('timer.') && !isInputType(event)) return timers.includes(event.slice('timer.'.length));
  return isInputType(event) && !neverMoves.has(event);
}

function events(timers: readonly string[]): readonly string[] {
  const inputs = Object.keys(eventTypes).filter((type) => isMachineEvent(type, timers));
  return ['*', 'stage.changed', ...timers.map((timer) => `timer.${timer}`), ...inputs];
}
