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

/** Snapshots are made once for each standing; what they read is put before them at each question. */
export function oracle(config: MachineConfig, cycle: number): Oracle {
  const machine = stateMachine(config, cycle);
  const context = {} as { reading: Reading };
  const snapshotOf = (value: Standing) => machine.resolveState({ value: { ...value }, context });
  const snapshots = new Map<string, ReturnType<typeof snapshotOf>>();
  return ({ stage, health }, event, reading) => {
    const key = `${stage} ${health}`;
    let before = snapshots.get(key);
    if (!before) snapshots.set(key, (before = snapshotOf({ stage, health })));
    context.reading = reading;
    const [after] = transition(machine, before, { type: event });
    return after.value;
  };
}
