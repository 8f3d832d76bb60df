import type { Command } from 'commander';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';
import { addControls } from './controls.js';
import { consentOption, shiftOption } from './import-options.js';

/** What runs and examines a system. */
export function addOperation(perennial: Command, run: Runner): void {
  perennial
    .command('doctor')
    .description('the settings in force, what is reachable and what is missing')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('../doctor/doctor.command.js')).doctor(output)),
    );
  interface UpOptions {
    readonly importSample: boolean;
    readonly assumeConsent: boolean;
    readonly shiftTo?: string;
    readonly exit: boolean;
  }
  perennial
    .command('up')
    .description('run engine and mailer in this process until Ctrl-C')
    .option('--import-sample', 'first import the households that the project carries', false)
    .addOption(consentOption())
    .addOption(shiftOption())
    .option('--exit', 'end after the summary', false)
    .action((options: UpOptions) => run(async () => (await import('../up/up.command.js')).up(options)));
  addControls(perennial, run);
}
