import { setup, transition } from 'xstate';
import type { MachineConfig } from '../definition/definition.js';
import { compileGuard, guardKinds } from '../definition/guards.js';
import type { Reading } from '../facts/read.js';
import type { Health, Stage } from '../types.js';

export interface Standing {
  readonly stage: Stage;
  readonly health: Health;
}

/** XState's own verdict on one event: the truth about where the machine goes. */
export type Oracle = (standing: Standing, event: string, reading: Reading) => Standing;

/** The definition's machine as XState runs it. */
export function stateMachine(config: MachineConfig, cycle: number) {
  const guards = Object.fromEntries(
    Object.keys(guardKinds).map((type) => [
      type,
      ({ context }: { context: { reading: Reading } }, params: Readonly<Record<string, unknown>>) =>
        compileGuard({ type, params }, cycle)(context.reading),
    ]),
  );
  return setup({
    types: { context: {} as { reading: Reading }, events: {} as { type: string } },
    guards,
  }).createMachine({ ...config, context: {} } as never);
}

export function oracle(config: MachineConfig, cycle: number): Oracle {
  const machine = stateMachine(config, cycle);
  return ({ stage, health }, event, reading) => {
    const before = machine.resolveState({ value: { stage, health }, context: { reading } });
    const [after] = transition(machine, before, { type: event });
    return after.value;
  };
}
