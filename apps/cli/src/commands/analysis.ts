import { InvalidArgumentError, Option, type Command } from 'commander';
import { buyingModels, type BuyingModel } from '#analysis';
import { dayOf } from '../fit/days.js';
import { fileHelp } from '../fit/file-help.js';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';

interface FitOptions extends Output {
  readonly file?: string;
  readonly until: number;
  readonly model: BuyingModel;
  readonly unit: 'days' | 'weeks';
  readonly spend: boolean;
  readonly write?: string;
}

const fileOption = () => new Option('--file <csv>', 'purchases of a file, in place of those of the log');

interface EvaluateOptions extends Output {
  readonly file?: string;
  readonly definition?: string;
  readonly calibrateUntil?: number;
  readonly programmes: boolean;
  readonly within: number;
  readonly detect: number;
  readonly until?: number;
  readonly unit: 'days' | 'weeks';
  readonly halves: boolean;
  readonly report?: string;
}

const unitOption = () =>
  new Option('--unit <unit>', 'in which alpha counts time').choices(['weeks', 'days']).default('weeks');

/** `perennial fit` and `perennial evaluate`. */
export function addAnalysis(perennial: Command, run: Runner): void {
  perennial
    .command('fit')
    .description('estimate how customers buy and leave (BG/NBD, MBG/NBD, Gamma-Gamma) by maximum likelihood')
    .addOption(fileOption())
    .addOption(new Option('--until <day>', 'the last day that counts').argParser(dayOf).makeOptionMandatory())
    .addOption(
      new Option('--model <name>', 'mbg-nbd: the one that the engine knows; bg-nbd: to compare')
        .choices(buyingModels)
        .default('mbg-nbd'),
    )
    .addOption(unitOption())
    .option(
      '--spend',
      'also what a purchase is worth: Gamma-Gamma on the repeat purchases in one currency, the only one or costs.currency',
      false,
    )
    .option('--write <definition>', "put the parameters into this definition's file, as its section 'model'")
    .addOption(outputOption())
    .addHelpText('after', fileHelp)
    .action((options: FitOptions) => run(async () => (await import('../fit/fit.command.js')).fit(options)));

  perennial
    .command('evaluate')
    .description('does a stage mean what it says, and does a programme do what it is for?')
    .addOption(
      new Option(
        '--calibrate-until <day>',
        'stages: the last day that is known; what came later is to be told',
      )
        .argParser(dayOf)
        .conflicts('programmes'),
    )
    .addOption(
      new Option('--until <day>', 'the last day that is told; else that of the last purchase').argParser(
        dayOf,
      ),
    )
    .addOption(fileOption().conflicts('programmes'))
    .option('--halves', 'fit cycle and buying model on one half of the customers, and show the other', false)
    .addOption(unitOption())
    .option('--programmes', 'programmes: treated customers against those held out', false)
    .addOption(
      new Option('--within <days>', "days after a programme's first action that are looked at")
        .argParser(numberOf(1, 400))
        .default(60),
    )
    .addOption(
      new Option('--detect <share>', 'the difference in the repeat rate that must not be missed')
        .argParser(numberOf(0.001, 0.5))
        .default(0.05),
    )
    .option('--definition <definition>', "its file, or 'retail@1' where an engine has registered it")
    .option('--report <html>', 'also as one HTML file')
    .addOption(outputOption())
    .addHelpText('after', `\nEither --calibrate-until or --programmes.\n${fileHelp}`)
    .action((options: EvaluateOptions) => run(() => evaluation(options)));
}

async function evaluation({ calibrateUntil, ...options }: EvaluateOptions) {
  if (options.programmes)
    return (await import('../evaluate/programmes/programmes.command.js')).evaluateProgrammes(options);
  const { evaluateStages, nothingAsked } = await import('../evaluate/evaluate.command.js');
  return calibrateUntil === undefined ? nothingAsked : evaluateStages({ ...options, calibrateUntil });
}

const numberOf = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new InvalidArgumentError(`expected ${least} to ${most}.`);
  return value;
};
