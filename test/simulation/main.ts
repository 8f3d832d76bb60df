/** `npm run simulate`: see `options.ts`. */
import { Census, rowsOf } from './census.js';
import { runJobs } from './jobs.js';
import { mutate } from './mutate.js';
import { optionsOf, type Options } from './options.js';
import { tableOf } from './table.js';
import { emptyTotal, type Total } from './total.js';

const progressEvery = 10_000;

async function runSeeds(options: Options & { readonly everyStep: boolean }): Promise<Total> {
  if (options.mutation) mutate(options.mutation);
  const { simulate } = await import('./simulate.js');
  const census = new Census();
  const total = { ...emptyTotal };
  let told = performance.now();

  const run = async (seed: number, crashAt: number | undefined): Promise<number> => {
    const { broken, faults, made, ...counts } = await simulate(seed, { ...options, crashAt });
    if (broken.length > 0) {
      const lines = broken.slice(0, 12).map((line) => `  ${line}\n`);
      process.stderr.write(`seed ${seed} (${faults.join(', ') || 'no fault'}):\n${lines.join('')}`);
      process.stderr.write(`again: ${again(seed, { ...options, crashAt })}\n`);
      process.exit(1);
    }
    census.add(made);
    total.runs++;
    total.events += counts.events;
    total.steps += counts.steps;
    total.batches += counts.batches;
    if (performance.now() - told > progressEvery) {
      told = performance.now();
      process.stderr.write(`seed ${seed}: ${seed + 1 - options.from} of ${options.seeds} seeds done\n`);
    }
    return counts.steps;
  };

  for (let seed = options.from; seed < options.from + options.seeds; seed++) {
    const steps = await run(seed, options.crashAt);
    if (options.everyStep) for (let step = 1; step < steps; step++) await run(seed, step);
  }
  return { ...total, made: census.counts };
}

/** The one command that repeats a run. */
function again(seed: number, { events, faults, crashAt, mutation }: Options): string {
  const crash = crashAt === undefined ? '' : ` --crash-at ${crashAt}`;
  const broken = mutation ? ` --mutation '${mutation.name}'` : '';
  return `npm run simulate -- --from ${seed} --seeds 1 --events ${events} --faults ${faults}${crash}${broken}`;
}

const options = optionsOf(process.argv.slice(2));
const started = performance.now();
const total = options.jobs > 1 ? await runJobs(options, process.argv.slice(2)) : await runSeeds(options);
const seconds = Math.round(performance.now() - started) / 1_000;
process.stdout.write(
  options.output === 'json'
    ? `${JSON.stringify({ seeds: options.seeds, ...total, seconds })}\n`
    : tableOf(rowsOf(total.made), { seeds: options.seeds, ...total, seconds }),
);
