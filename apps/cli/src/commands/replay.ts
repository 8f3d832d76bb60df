import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.js';
import type { Runner } from '../program.js';
import { fileKinds, type FileKind } from '../replay/file-kinds.js';
import { whatIfFormats, type WhatIfFormat } from '../replay/what-if-formats.js';
import { consentOption } from './import-options.js';
import { timeOf } from './time-of.js';

interface ReplayOptions {
  readonly output: WhatIfFormat;
  readonly verify: boolean;
  readonly from?: number;
  readonly until?: number;
  readonly jobs?: number;
  readonly fromSnapshot?: string;
  readonly definition?: string;
  readonly against?: string;
  readonly file?: string;
  readonly format: FileKind;
  readonly assumeConsent: boolean;
  readonly report?: string;
  readonly customers?: string;
  readonly top: number;
}

/** `perennial replay`, which repeats what happened, and asks what would have. */
export function addReplay(perennial: Command, run: Runner): void {
  perennial
    .command('replay')
    .description(
      'repeat everything in the recorded order, or under another definition; sends nothing, joins no group',
    )
    .optionsGroup('Reproduce:')
    .option('--verify', 'compare with what the output topics hold; exit code 1 when they differ', false)
    .addOption(new Option('--from <time>', 'count what was decided from then on').argParser(timeOf))
    .addOption(new Option('--until <time>', 'leave out batches that were applied later').argParser(timeOf))
    .option(
      '--from-snapshot <dir>',
      'begin where `perennial snapshot` stood, as where retention has cut the topics',
    )
    .addOption(
      new Option(
        '--jobs <number>',
        'processes at work at once (default: one a core where there is much to do)',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to print the result; csv: customers of a what-if')
        .choices(whatIfFormats)
        .default('table'),
    )
    .optionsGroup('What if:')
    .option('--definition <file>', 'the candidate: a file, or a name such as retail@2')
    .option('--against <definition>', "a file, a name, or 'recorded' (default: the definition in force)")
    .option('--file <path>', 'events of a file, in place of those of the log')
    .addOption(new Option('--format <kind>', 'what the file is').choices(fileKinds).default('purchases'))
    .addOption(consentOption())
    .option('--report <file>', 'write one self-contained page of HTML')
    .option('--customers <file>', 'write all customers; the ending says how: .csv, .ndjson or .parquet')
    .addOption(
      new Option('--top <number>', 'how many of the customers who differ most to explain')
        .argParser(wholeNumber)
        .default(10),
    )
    .addHelpText('after', help)
    .action((options: ReplayOptions) => run(() => commandOf(options)));
}

async function commandOf(options: ReplayOptions) {
  const { definition, output } = options;
  if (definition !== undefined)
    return (await import('../replay/what-if/what-if.command.js')).whatIf({ ...options, definition });
  const { replay, refuseWithoutCandidate } = await import('../replay/replay.command.js');
  return async (context: Context) => {
    refuseWithoutCandidate(options);
    return replay({ ...options, output: output as Exclude<WhatIfFormat, 'csv'> })(context);
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0 to 9999.');
  return Number(text);
}

const help = `
A what-if lets the customers live through the very same inputs under both definitions. It shows contacts and costs, not
effects: behaviour is held as recorded. The definitions' own timers fire by the recorded watermarks, for silent customers too.
Of a file, every event and timer is judged at its own time. Files: 'purchases' has the columns customer, date and value;
'cdnow' has customer, yyyymmdd, CDs, dollars; 'complete-journey' is a folder, as for 'perennial import'.
docs/replay.md describes the results, and the format of snapshots.`;
