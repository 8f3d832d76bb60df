import type { Definition } from './definition/definition.js';
import type { Moment } from './programme.js';

type Entry = Definition['programmes'][number];

/** The programmes that a moment concerns, in the definition's order. */
export type Hearers = (moment: Pick<Moment, 'cause' | 'transitions'>) => readonly Entry[];

/** Asked once for each event type and kind of change, then remembered. */
export function compileHearers(programmes: readonly Entry[]): Hearers {
  const known = new Map<string, readonly Entry[]>();
  return ({ cause, transitions }) => {
    const owner = 'due' in cause ? ownerOf(cause.name) : undefined;
    let key = owner ?? cause.type;
    if (transitions.length > 0) for (const { region } of transitions) key += ` ${region}.changed`;
    let found = known.get(key);
    if (!found) {
      const words = new Set(key.split(' '));
      found = programmes.filter(
        ({ programme: { name, hears } }) => owner === name || hears.some((heard) => words.has(heard)),
      );
      known.set(key, found);
    }
    return found;
  };
}

/** The programme whose timer it is; the definition's own timers and the arbiter's are nobody's. */
function ownerOf(timer: string): string {
  const dot = timer.indexOf('.');
  return dot < 0 ? 'timer' : timer.slice(0, dot);
}
