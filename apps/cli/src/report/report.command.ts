import { loadDefinition } from '#lifecycle';
import type { Command } from '../context.js';
import { definitionText } from '../definition-text.js';
import { exitCode } from '../exit-code.js';
import { carried, type Carried } from '../import/carried.js';
import { Rejects } from '../import/rejects.js';
import { printOne, type Format } from '../output.js';
import { reportAsLive } from './as-live.js';
import { reportOfLog } from './read-log.js';
import { reportText } from './report-text.js';

export interface ReportArguments {
  readonly output: Format;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** A carried data set, told as if the engine had been up all the time, in place of the log. */
  readonly asLive?: Carried | undefined;
  /** Share of its customers who opted in, 0 to 1. */
  readonly optIn: number;
}

/** `perennial report`: what was asked for and what was not, of whom how often, and how cases fared. */
export const report =
  ({ output, from = -Infinity, to = Infinity, asLive, optIn }: ReportArguments): Command =>
  async ({ terminal, config, backends }) => {
    const definition = loadDefinition(await definitionText(config), config.definition);
    const period = { from, to };
    if (asLive !== undefined) {
      const dataset = carried[asLive](definition.settings.calendar.zone);
      terminal.say(
        `${asLive} as if the engine had been up all the time; ${(100 * optIn).toFixed(0)} % of its customers, by a hash of the id, opted in to e-mail.`,
      );
      const rejects = new Rejects(terminal);
      const told = await reportAsLive(dataset, definition, { optIn, period }, rejects.add);
      const result = told.result();
      await printOne(terminal, output, result, () => reportText(result));
      return rejects.count === 0 ? exitCode.ok : exitCode.failure;
    }
    const { log } = await backends();
    const { report: told, empty } = await reportOfLog(log, config.topicPrefix, definition, period);
    if (empty)
      terminal.say(
        'retention.actions.v1 holds nothing: no engine has asked for anything yet. Start one, or see --as-live.',
      );
    const result = told.result();
    await printOne(terminal, output, result, () => reportText(result));
    return exitCode.ok;
  };
