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
 * XState decides every move. It is asked once for each: where it goes depends on nothing but the standing, the event, and
 * which transitions' guards hold first in either region, and those are compiled.
 * @throws Error when XState and the compiled guards disagree.
 */
export function compileMachine({ machine, settings }: Definition): Machine {
  const stageOf = compileRegion(machine.states.stage, settings.cycle);
  const healthOf = compileRegion(machine.states.health, settings.cycle);
  const ask = oracle(machine, settings.cycle);
  // A candidate is of one state and one event; of a region that has none the state says as much.
  const answered = new Map<Candidate | string, Map<Candidate | string, Step>>();
  return (standing, event, reading) => {
    const stage = stageOf(standing.stage, event, reading);
    const health = healthOf(standing.health, event, reading);
    const moved =
      (stage !== undefined && stage.target !== standing.stage) ||
      (health !== undefined && health.target !== standing.health);
    if (!moved) return undefined;
    let steps = answered.get(stage ?? standing.stage);
    if (steps === undefined)
      answered.set(stage ?? standing.stage, (steps = new Map<Candidate | string, Step>()));
    let step = steps.get(health ?? standing.health);
    if (step === undefined) {
      const moves = movesOf(standing, stage, health);
      step = { standing: agreed(ask(standing, event, reading), event, moves), moves };
      steps.set(health ?? standing.health, step);
    }
    return step;
  };
}

function movesOf(
  standing: Standing,
  stage: Candidate | undefined,
  health: Candidate | undefined,
): readonly Move[] {
  const moves: Move[] = [];
  if (stage && stage.target !== standing.stage)
    moves.push({ region: 'stage', from: standing.stage, to: stage.target, by: stage });
  if (health && health.target !== standing.health)
    moves.push({ region: 'health', from: standing.health, to: health.target, by: health });
  return moves;
}

function agreed(after: Standing, event: string, moves: readonly Move[]): Standing {
  for (const { region, to } of moves)
    if (after[region] !== to)
      throw new Error(`on ${event} XState takes ${region} to ${after[region]}, the compiled guards to ${to}`);
  return after;
}
