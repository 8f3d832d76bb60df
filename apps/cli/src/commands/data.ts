import { Option, type Command } from 'commander';
import { outputOption } from '../output.js';
import { receiptRule } from '../import/receipt-rule.js';
import type { Output, Runner } from '../program.js';
import { receiptFile } from '../project.js';
import { consentOption, shiftOption } from './import-options.js';
import { timeOf } from './time-of.js';

/** What brings events in, and what repeats them. */
export function addData(perennial: Command, run: Runner): void {
  perennial
    .command('publish <file>')
    .description("publish CloudEvents, one in structured JSON a line; '-' reads stdin")
    .addHelpText(
      'after',
      '\nA bad line is said on stderr and left out; the others are published. Then the exit code is 1.',
    )
    .action((file: string) => run(async () => (await import('../publish/publish.command.js')).publish(file)));

  const load = perennial
    .command('import')
    .description('publish a known data set; a second run goes on where the first stopped');
  interface ImportOptions {
    readonly assumeConsent: boolean;
    readonly shiftTo?: string;
  }
  load
    .command('complete-journey <folder>')
    .description('a folder with baskets.csv[.gz] and, where present, campaigns and coupon redemptions')
    .addOption(consentOption())
    .addOption(shiftOption())
    .action((folder: string, options: ImportOptions) =>
      run(async () => {
        const { importDataset } = await import('../import/import.command.js');
        const { completeJourney } = await import('../import/complete-journey.js');
        return importDataset(() => completeJourney(folder), options);
      }),
    );
  load
    .command('cdnow <file>')
    .description('a file of purchases: customer, yyyymmdd, CDs, dollars')
    .addOption(consentOption())
    .addOption(shiftOption())
    .action((file: string, options: ImportOptions) =>
      run(async () => {
        const { importDataset } = await import('../import/import.command.js');
        const { cdnow } = await import('../import/cdnow.js');
        return importDataset((zone) => cdnow(file, zone), options);
      }),
    );
  load
    .command('receipt [file]')
    .description('a case log as support events of made-up customers; without a file the carried one')
    .addOption(consentOption())
    .addOption(shiftOption())
    .addHelpText('after', receiptRule)
    .action((file: string | undefined, options: ImportOptions) =>
      run(async () => {
        const { importDataset } = await import('../import/import.command.js');
        const { receipt } = await import('../import/receipt.js');
        return importDataset(() => receipt(file ?? receiptFile), options);
      }),
    );

  perennial
    .command('replay')
    .description(
      'repeat everything from the input topics in the recorded order; sends nothing, joins no group',
    )
    .option('--verify', 'compare with what the output topics hold; exit code 1 when they differ', false)
    .addOption(new Option('--until <time>', 'leave out batches that were applied later').argParser(timeOf))
    .addOption(outputOption())
    .action((options: Output & { readonly verify: boolean; readonly until?: number }) =>
      run(async () => (await import('../replay/replay.command.js')).replay(options)),
    );
}
