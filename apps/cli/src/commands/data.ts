import type { Command } from 'commander';
import { receiptRule } from '../import/receipt-rule.js';
import type { Runner } from '../program.js';
import { receiptFile } from '../project.js';
import { consentOption, shiftOption } from './import-options.js';

/** What brings events in. */
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
}
