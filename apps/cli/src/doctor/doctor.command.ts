import { describeConfig } from '#config';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { printRows, type Format } from '../output.js';
import { checkControls } from './check-controls.js';
import { checkDefinition, checkFolder, checkServers, checkTopics, type Check } from './checks.js';

/** `perennial doctor`: settings in force, then what is reachable and what is missing; exit code 1 when something needed is. */
export const doctor =
  (output: Format): Command =>
  async ({ terminal, config, backends }) => {
    const settings = Object.entries(describeConfig(config)).map(([check, detail]): Check => ({
      check,
      state: 'ok',
      detail,
    }));
    const servers = await checkServers(config);
    const unreachable = servers.some(({ check, state }) => state === 'failed' && check !== 'SMTP');
    const checks = [
      ...settings,
      ...(await checkDefinition(config)),
      ...(await checkFolder(config)),
      ...servers,
      ...(unreachable ? [] : await checkTopics(config, backends)),
      ...(unreachable ? [] : await checkControls(config, backends)),
    ];
    await printRows(terminal, output, checks, ['check', 'state', 'detail']);
    const failed = checks.filter(({ state }) => state === 'failed');
    if (failed.length === 0) return exitCode.ok;
    terminal.say(`Not ready: ${failed.map(({ check }) => check).join(', ')}.`);
    return exitCode.failure;
  };
