import { Command } from 'commander';
import { addAnalysis } from './commands/analysis.js';
import { addData } from './commands/data.js';
import { addExport } from './commands/export.js';
import { addDeadLetters } from './commands/dead-letters.js';
import { addInspection } from './commands/inspection.js';
import { addOperation } from './commands/operation.js';
import { addReplay } from './commands/replay.js';
import { addSnapshot } from './commands/snapshot.js';
import { addReport } from './commands/report.js';
import type { Command as Action } from './context.js';
import { exitCodeHelp } from './exit-code.js';
import type { Format } from './output.js';

/** Runs what the command line asks for. Commands are loaded when they are run, so that help is quick. */
export type Runner = (load: () => Promise<Action>) => Promise<void>;

/** The options of every command that prints a table. */
export interface Output {
  readonly output: Format;
}

/** The whole command line. */
export function program(run: Runner, version: string): Command {
  const perennial = new Command('perennial')
    .description('Follows every customer through the stages of a relationship, and says what to do about it.')
    .version(version)
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError("(try '--help')");
  addData(perennial, run);
  addInspection(perennial, run);
  addReplay(perennial, run);
  addSnapshot(perennial, run);
  addReport(perennial, run);
  addExport(perennial, run);
  addAnalysis(perennial, run);
  addDeadLetters(perennial, run);
  addOperation(perennial, run);
  return perennial;
}
