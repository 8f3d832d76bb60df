import type { Brake } from '#lifecycle';
import { readControls, setBrake } from '#pipeline';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { brakesText, definitionInForce, operator } from './in-force.js';

/**
 * `perennial pause|resume|shadow PROGRAMME|all`: running engines go by it within a second, and say so in each batch's
 * record. Exit code 2 for a programme that the definition in force does not have on.
 */
export const brake =
  (programme: string, mode: Brake | 'running'): Command =>
  async ({ terminal, config, backends, now }) => {
    const { store } = await backends();
    const definition = await definitionInForce(config, store);
    const before = await readControls(store);
    const on = ['all', ...definition.programmes.map((entry) => entry.programme.name)];
    // A brake outlives its programme, and can be taken off then too.
    if (!on.includes(programme) && !(mode === 'running' && programme in before.brakes))
      throw new Failure(
        `${definition.name}@${definition.version} has no programme '${programme}' on; allowed: ${on.join(', ')}`,
        exitCode.usage,
      );
    const controls = await setBrake(store, programme, mode, operator(terminal.env), now());
    const changed = before.brakes[programme]?.brake !== controls.brakes[programme]?.brake;
    terminal.say(
      `${programme === 'all' ? 'Everything' : programme} is ${words[mode]}${changed ? '' : ', as it was before'}.`,
    );
    terminal.say(`Brakes in force: ${brakesText(controls)}.`);
    return exitCode.ok;
  };

const words = {
  paused: 'paused: what it asks for is suppressed as paused',
  shadow: 'in shadow: what it asks for is published as suppressed and goes to nobody',
  running: 'no longer braked by its own name',
} as const;
