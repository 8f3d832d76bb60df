import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Carried } from '../import/carried.js';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';
import { timeOf } from './time-of.js';

interface ReportOptions extends Output {
  readonly from?: number;
  readonly to?: number;
  readonly asLive?: Carried;
  readonly optIn: number;
}

const dataSets: readonly Carried[] = ['complete-journey', 'receipt', 'cdnow'];

/** `perennial report`. */
export function addReport(perennial: Command, run: Runner): void {
  perennial
    .command('report')
    .description('actions and suppressions by programme and reason, messages per customer and month, cases')
    .addOption(new Option('--from <time>', 'leave out what was decided before').argParser(timeOf))
    .addOption(new Option('--to <time>', 'leave out what was decided then or later').argParser(timeOf))
    .addOption(
      new Option(
        '--as-live <data-set>',
        'not of the log: of a carried data set, as if the engine had been up all the time',
      ).choices(dataSets),
    )
    .addOption(
      new Option(
        '--opt-in <share>',
        'with --as-live: share of customers who opted in to e-mail, drawn by a hash',
      )
        .argParser(shareOf)
        .default(0.5),
    )
    .addOption(outputOption())
    .action((options: ReportOptions) =>
      run(async () => (await import('../report/report.command.js')).report(options)),
    );
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new InvalidArgumentError('expected 0 to 1.');
  return share;
}
