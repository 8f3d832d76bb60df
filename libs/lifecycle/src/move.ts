import type { Draft } from './draft.js';
import { evidenceOf } from './evidence.js';
import type { Reading } from './facts/read.js';
import type { Move } from './machine/machine.js';
import { outputId } from './output-id.js';
import type { Rules } from './rules.js';
import type { Transition } from './types.js';

/**
 * Takes the machine through one event, and through `stage.changed` after a change of stage, so that health can follow.
 * Returns the transitions made.
 */
export function move(
  rules: Rules,
  draft: Draft,
  event: string,
  cause: string,
  reading: Reading,
): readonly Transition[] {
  const { customer, transitions } = draft;
  const first = transitions.length;
  let step = rules.machine(customer, event, reading);
  for (let turn = 0; step && turn < mostTurns; turn++) {
    const stageChanged = step.standing.stage !== customer.stage;
    for (const made of step.moves) {
      const taken = transition(rules, customer.id, made, reading, cause);
      transitions.push(taken);
      const because = { ...taken, definition: rules.label };
      customer.because =
        made.region === 'stage'
          ? { ...customer.because, stage: because }
          : { ...customer.because, health: because };
    }
    if (step.standing.health !== customer.health) customer.healthSince = customer.clock;
    if (stageChanged) customer.stageSince = customer.clock;
    customer.stage = step.standing.stage;
    customer.health = step.standing.health;
    step = stageChanged ? rules.machine(customer, 'stage.changed', reading) : undefined;
  }
  return first === transitions.length ? none : transitions.slice(first);
}

// A definition whose stages chase each other on `stage.changed` comes to rest.
const mostTurns = 4;
const none: readonly Transition[] = [];

/** The id is a function of customer, definition, cause and move alone. */
function transition(
  { label }: Rules,
  customer: string,
  { region, from, to, by }: Move,
  reading: Reading,
  cause: string,
): Transition {
  const causes = [cause];
  return {
    id: outputId('t', customer, label, causes, region, `${from} ${to}`),
    region,
    from,
    to,
    at: reading.at,
    evidence: evidenceOf(by.rule, by.facts, reading, causes),
  };
}
