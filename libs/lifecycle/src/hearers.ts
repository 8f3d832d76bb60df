import type { Definition } from './definition/definition.js';
import type { Moment } from './programme.js';

type Entry = Definition['programmes'][number];

/** The programmes that a moment concerns, in the definition's order. */
export type Hearers = (moment: Pick<Moment, 'cause' | 'transitions'>) => readonly Entry[];

/** Asked once for each event type or timer, and for each set of regions that changed; then remembered. */
export function compileHearers(programmes: readonly Entry[]): Hearers {
  const events = new Map<string, (readonly Entry[])[]>();
  const timers = new Map<string, (readonly Entry[])[]>();
  return ({ cause, transitions }) => {
    let changes = 0;
    for (const { region } of transitions) changes |= region === 'stage' ? stageChanged : healthChanged;
    const known = 'due' in cause ? timers : events;
    const name = 'due' in cause ? cause.name : cause.type;
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = []));
    return (found[changes] ??= hearersOf(programmes, cause, changes));
  };
}

const stageChanged = 1;
const healthChanged = 2;

function hearersOf(programmes: readonly Entry[], cause: Moment['cause'], changes: number): readonly Entry[] {
  const owner = 'due' in cause ? ownerOf(cause.name) : undefined;
  const words = [
    owner ?? cause.type,
    ...(changes & stageChanged ? ['stage.changed'] : []),
    ...(changes & healthChanged ? ['health.changed'] : []),
  ];
  return programmes.filter(
    ({ programme: { name, hears } }) => owner === name || hears.some((heard) => words.includes(heard)),
  );
}

/** The programme whose timer it is; the definition's own timers and the arbiter's are nobody's. */
function ownerOf(timer: string): string {
  const dot = timer.indexOf('.');
  return dot < 0 ? 'timer' : timer.slice(0, dot);
}
