import { InvalidArgumentError, Option, type Command } from 'commander';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';

/** `perennial dlq …`. */
export function addDeadLetters(perennial: Command, run: Runner): void {
  const dlq = perennial.command('dlq').description('dead letters: records that could not be used');
  const load = () => import('../dlq/dlq.command.js');
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

function indexOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0.');
  return Number(text);
}
