import type { FactName } from '#contracts';
import type { RegionConfig, TransitionRef, Transitions } from '../definition/definition.js';
import { compileGuard, factsOfGuard, type Test } from '../definition/guards.js';
import type { Reading } from '../facts/read.js';

/** One transition that may be taken from a state on an event. */
export interface Candidate {
  readonly target: string;
  readonly rule: string;
  readonly facts: readonly FactName[];
  readonly test: Test;
}

/** The first transition of a region whose guard holds, in the order in which XState asks them. */
export type Region = (state: string, event: string, reading: Reading) => Candidate | undefined;

/** Compiles a region: for a state and an event, XState asks the state's transitions for that very event, then its `*`. */
export function compileRegion(region: RegionConfig, cycle: number): Region {
  const byState = new Map(
    Object.keys(region.states).map((state) => [state, new Map<string, readonly Candidate[]>()]),
  );
  const candidatesOf = (state: string, event: string): readonly Candidate[] =>
    refsOf(region.states[state]?.on, event).map((ref) => compile(ref, cycle));
  return (state, event, reading) => {
    const byEvent = byState.get(state);
    let candidates = byEvent?.get(event);
    if (!candidates) {
      candidates = candidatesOf(state, event);
      byEvent?.set(event, candidates);
    }
    for (let i = 0; i < candidates.length; i++) if (candidates[i]!.test(reading)) return candidates[i];
    return undefined;
  };
}

function refsOf(on: Transitions | undefined, event: string): readonly TransitionRef[] {
  return [on?.[event], on?.['*']].flatMap((refs) => refs ?? []);
}

function compile({ target, guard, meta }: TransitionRef, cycle: number): Candidate {
  return {
    target,
    rule: meta.rule,
    facts: guard ? factsOfGuard(guard) : [],
    test: guard ? compileGuard(guard, cycle) : () => true,
  };
}
