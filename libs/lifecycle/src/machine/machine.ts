import type { Definition } from '../definition/definition.js';
import type { Reading } from '../facts/read.js';
import { compileRegion, type Candidate } from './candidates.js';
import { oracle, type Standing } from './oracle.js';

export interface Move {
  readonly region: 'stage' | 'health';
  readonly from: string;
  readonly to: string;
  readonly by: Candidate;
}

export interface Step {
  readonly standing: Standing;
  readonly moves: readonly Move[];
}

/** What one event does to a customer's standing; undefined where it does nothing. */
export type Machine = (standing: Standing, event: string, reading: Reading) => Step | undefined;

/**
 * XState decides every move, and is asked only when a compiled guard says that there is one.
 * @throws Error when XState and the compiled guards disagree.
 */
export function compileMachine({ machine, settings }: Definition): Machine {
  const stageOf = compileRegion(machine.states.stage, settings.cycle);
  const healthOf = compileRegion(machine.states.health, settings.cycle);
  const ask = oracle(machine, settings.cycle);
  return (standing, event, reading) => {
    const stage = stageOf(standing.stage, event, reading);
    const health = healthOf(standing.health, event, reading);
    const moves: Move[] = [];
    if (stage && stage.target !== standing.stage)
      moves.push({ region: 'stage', from: standing.stage, to: stage.target, by: stage });
    if (health && health.target !== standing.health)
      moves.push({ region: 'health', from: standing.health, to: health.target, by: health });
    if (moves.length === 0) return undefined;
    const after = ask(standing, event, reading);
    for (const { region, to } of moves)
      if (after[region] !== to)
        throw new Error(
          `on ${event} XState takes ${region} to ${after[region]}, the compiled guards to ${to}`,
        );
    return { standing: after, moves };
  };
}
