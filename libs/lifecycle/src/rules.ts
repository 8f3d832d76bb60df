import type { Definition } from './definition/definition.js';
import { compileMachine, type Machine } from './machine/machine.js';
import { planTimers, type TimerPlan } from './timers.js';

/** A definition made ready to run. `label` is `name@version`. */
export interface Rules {
  readonly definition: Definition;
  readonly label: string;
  readonly machine: Machine;
  readonly plan: TimerPlan;
}

/** Goes up when code changes output for the same input. */
export const revision = 1;

export const compileRules = (definition: Definition): Rules => ({
  definition,
  label: `${definition.name}@${definition.version}`,
  machine: compileMachine(definition),
  plan: planTimers(definition),
});
