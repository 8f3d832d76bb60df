import type { Definition, TransitionRef } from '../definition/definition.js';
import type { GuardRef } from '../definition/guards.js';
import { eventInWords } from './event-words.js';
import { guardInWords } from './guard-words.js';

/** One rule of a definition: a transition out of one state, on one or several events. */
export interface RuleView {
  readonly region: 'stage' | 'health';
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  /** As the definition says it. */
  readonly description: string;
  /** Events as the machine names them. */
  readonly on: readonly string[];
  readonly guard?: GuardRef;
  /** The guard in words; "always" without one. */
  readonly when: string;
  /** The events in words. */
  readonly heard: string;
}

export const regionNames = ['stage', 'health'] as const;

/** Every rule, in the definition's order; what stands under several events of a state is one rule. */
export function rulesOf({ machine, settings }: Definition): readonly RuleView[] {
  return regionNames.flatMap((region) =>
    Object.entries(machine.states[region].states).flatMap(([from, { on = {} }]) => {
      const found = new Map<string, { ref: TransitionRef; on: string[] }>();
      for (const [event, refs] of Object.entries(on))
        for (const ref of [refs].flat()) {
          const key = JSON.stringify([ref.meta.rule, ref.target, ref.guard, ref.description]);
          const known = found.get(key);
          if (known) known.on.push(event);
          else found.set(key, { ref, on: [event] });
        }
      return [...found.values()].map(({ ref, on }) => viewOf(region, from, ref, on, settings.cycle));
    }),
  );
}

function viewOf(
  region: RuleView['region'],
  from: string,
  { target, guard, description, meta }: TransitionRef,
  on: readonly string[],
  cycle: number,
): RuleView {
  return {
    region,
    from,
    to: target,
    rule: meta.rule,
    description,
    on,
    ...(guard && { guard }),
    when: guard ? guardInWords(guard, cycle) : 'always',
    heard: on.map(eventInWords).join(', '),
  };
}
