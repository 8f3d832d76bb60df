import { Command, InvalidArgumentError, Option } from 'commander';
import type { Command as Action } from './context.js';
import { exitCodeHelp } from './exit-code.js';
import { outputOption, type Format } from './output.js';

/** Runs what the command line asks for. Commands are loaded when they are run, so that help is quick. */
export type Runner = (load: () => Promise<Action>) => Promise<void>;

interface Output {
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
  addDeadLetters(perennial, run);
  addOperation(perennial, run);
  return perennial;
}

const consentOption = () =>
  new Option(
    '--assume-consent',
    'give every customer a made-up .invalid address and opt-ins to e-mail',
  ).default(false);
const shiftOption = () =>
  new Option(
    '--shift-to <when>',
    "move the data by whole weeks so that they end by then: 'now' or a date; a later import keeps the shift",
  );

function addData(perennial: Command, run: Runner): void {
  perennial
    .command('publish <file>')
    .description("publish CloudEvents, one in structured JSON a line; '-' reads stdin")
    .addHelpText(
      'after',
      '\nA bad line is said on stderr and left out; the others are published. Then the exit code is 1.',
    )
    .action((file: string) => run(async () => (await import('./publish/publish.command.js')).publish(file)));

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
        const { importDataset } = await import('./import/import.command.js');
        const { completeJourney } = await import('./import/complete-journey.js');
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
        const { importDataset } = await import('./import/import.command.js');
        const { cdnow } = await import('./import/cdnow.js');
        return importDataset((zone) => cdnow(file, zone), options);
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
      run(async () => (await import('./replay/replay.command.js')).replay(options)),
    );
}

function addInspection(perennial: Command, run: Runner): void {
  perennial
    .command('show <customer>')
    .description('stage, health, facts, timers and version of one customer')
    .addOption(outputOption())
    .action((customer: string, { output }: Output) =>
      run(async () => (await import('./inspect/show.command.js')).show(customer, output)),
    );
  perennial
    .command('why <customer>')
    .description("the customer's transitions and actions, each with rule, facts and causing events")
    .addOption(outputOption())
    .action((customer: string, { output }: Output) =>
      run(async () => (await import('./inspect/why.command.js')).why(customer, output)),
    );
  const topics = perennial.command('topics').description('the topics of the event log');
  topics
    .command('list')
    .description('every topic with its partitions and how many offsets it holds')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('./inspect/topics.command.js')).listTopics(output)),
    );
  topics
    .command('create')
    .description('create those that are missing, with PARTITIONS partitions')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('./inspect/topics.command.js')).createTopics(output)),
    );
  perennial
    .command('asyncapi')
    .description('print the AsyncAPI 3 document of all topics and events')
    .action(() =>
      run(async () => (await import('./inspect/asyncapi.command.js')).asyncapi(perennial.version() ?? '')),
    );
  perennial
    .command('definition')
    .description('lifecycle definitions')
    .command('check <file>')
    .description('say everything that is wrong with a definition, and what is allowed there')
    .action((file: string) =>
      run(async () => (await import('./inspect/definition.command.js')).checkDefinition(file)),
    );
}

function addDeadLetters(perennial: Command, run: Runner): void {
  const dlq = perennial.command('dlq').description('dead letters: records that could not be used');
  const load = () => import('./dlq/dlq.command.js');
  dlq
    .command('list')
    .description('the open ones')
    .option('--all', 'those redriven or accepted, too', false)
    .addOption(outputOption())
    .action((options: Output & { readonly all: boolean }) =>
      run(async () => (await load()).listLetters(options)),
    );
  dlq
    .command('show <ref>')
    .description('reason, origin, headers and bytes of one')
    .addOption(outputOption())
    .action((ref: string, { output }: Output) => run(async () => (await load()).showLetter(ref, output)));
  dlq
    .command('redrive [refs...]')
    .description("send them again, to the engine's inbox")
    .option('--all', 'all open ones', false)
    .action((refs: string[], { all }: { readonly all: boolean }) =>
      run(async () => (await load()).redriveLetters({ refs, all })),
    );
  dlq
    .command('accept [refs...]')
    .description('take note that they are lost; they are listed no more')
    .option('--all', 'all open ones', false)
    .addOption(
      new Option(
        '--partition <index>',
        'let a partition go on that a storm of dead letters stopped',
      ).argParser(indexOf),
    )
    .action((refs: string[], { all, partition }: { readonly all: boolean; readonly partition?: number }) =>
      run(async () => {
        const { acceptLetters, acceptStorm } = await load();
        return partition === undefined ? acceptLetters({ refs, all }) : acceptStorm(partition);
      }),
    );
}

function addOperation(perennial: Command, run: Runner): void {
  perennial
    .command('doctor')
    .description('the settings in force, what is reachable and what is missing')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('./doctor/doctor.command.js')).doctor(output)),
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
    .action((options: UpOptions) => run(async () => (await import('./up/up.command.js')).up(options)));
}

function indexOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0.');
  return Number(text);
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('expected a date or an RFC 3339 time.');
  return time;
}
