import { compileAddressing, type Addressing } from './addressing.js';
import type { CouponCodes } from './coupon.js';
import type { Definition } from './definition/definition.js';
import { compileHearers, type Hearers } from './hearers.js';
import { compileMachine, type Machine } from './machine/machine.js';
import { planTimers, type TimerPlan } from './timers.js';

/** A definition made ready to run. `label` is `name@version`. */
export interface Rules {
  readonly definition: Definition;
  readonly label: string;
  readonly machine: Machine;
  readonly plan: TimerPlan;
  readonly hearers: Hearers;
  readonly addressing: Addressing | undefined;
  readonly codes?: CouponCodes;
}

/** Goes up when code changes output for the same input. */
export const revision = 5;

export const compileRules = (definition: Definition, codes?: CouponCodes): Rules => ({
  definition,
  label: `${definition.name}@${definition.version}`,
  machine: compileMachine(definition),
  plan: planTimers(definition),
  hearers: compileHearers(definition.programmes),
  addressing: compileAddressing(definition.programmes),
  ...(codes && { codes }),
});
