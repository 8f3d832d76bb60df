import { parseArgs } from 'node:util';
import { mutations, type Mutation } from './mutations.js';

export interface Options {
  readonly from: number;
  readonly seeds: number;
  readonly events: number;
  readonly faults: number;
  readonly crashAt: number | undefined;
  readonly jobs: number;
  readonly mutation: Mutation | undefined;
  readonly output: 'table' | 'json';
}

const help = `Runs the pipeline on a log and a store in memory under a seeded scheduler, and compares what they hold with an
independent fold. Prints which faults were made, and where. Exits with 1 at the first seed that breaks a promise, and
prints the command that repeats it.

  npm run simulate -- [--from SEED] [--seeds N] [--events N] [--faults N] [--crash-at STEP] [--jobs N]
                      [--mutation NAME] [--output table|json]

  --from SEED      first seed (1)
  --seeds N        how many (1000)
  --events N       at most so many events in a run, doubled ones not counted (30)
  --faults N       at most so many faults in a run (2)
  --crash-at STEP  besides, a process dies at this step; 'every' runs each seed once for each of its steps
  --jobs N         processes that share the seeds (1)
  --output FORMAT  table or json (table)
  --mutation NAME  break the protocol first; one of:
${mutations.map(({ name }) => `                   ${name}`).join('\n')}
`;

/** What the command line asks for; ends the process where it asks for help, or for what there is not. */
export function optionsOf(args: readonly string[]): Options & { readonly everyStep: boolean } {
  const values = valuesOf(args);
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const number = (
    name: 'seeds' | 'from' | 'events' | 'faults' | 'jobs' | 'crash-at',
    least: number,
  ): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least) return value;
    return refuse(`--${name}: ${values[name]} is no whole number from ${least} on`);
  };
  const { output, mutation: named } = values;
  if (output !== 'table' && output !== 'json') return refuse(`--output: ${output} is neither table nor json`);
  const mutation = mutations.find(({ name }) => name === named);
  if (named !== undefined && !mutation) return refuse(`--mutation: there is no '${named}'; see --help`);
  const everyStep = values['crash-at'] === 'every';
  return {
    from: number('from', 0),
    seeds: number('seeds', 1),
    events: number('events', 1),
    faults: number('faults', 0),
    jobs: number('jobs', 1),
    crashAt: values['crash-at'] === undefined || everyStep ? undefined : number('crash-at', 1),
    everyStep,
    mutation,
    output,
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string', default: '1000' },
        from: { type: 'string', default: '1' },
        events: { type: 'string', default: '30' },
        faults: { type: 'string', default: '2' },
        jobs: { type: 'string', default: '1' },
        output: { type: 'string', default: 'table' },
        'crash-at': { type: 'string' },
        mutation: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
