/** `npm run simulate`: see the help below. */
import { parseArgs } from 'node:util';
import { mutate } from './mutate.js';
import { mutations } from './mutations.js';

const help = `Runs the pipeline on a log and a store in memory under a seeded scheduler, and compares what they hold with an
independent fold. Exits with 1 at the first seed that breaks a promise, and prints the command that repeats it.

  npm run simulate -- [--from SEED] [--seeds N] [--events N] [--faults N] [--mutation NAME]

  --from SEED      first seed (1)
  --seeds N        how many (1000)
  --events N       at most so many events in a run (30)
  --faults N       at most so many faults in a run (2)
  --mutation NAME  break the protocol first; one of:
${mutations.map(({ name }) => `                   ${name}`).join('\n')}
`;
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    events: { type: 'string', default: '30' },
    faults: { type: 'string', default: '2' },
    mutation: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const number = (name: 'seeds' | 'from' | 'events' | 'faults', least: number): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least) return value;
  process.stderr.write(`--${name}: ${values[name]} is no whole number from ${least} on\n`);
  process.exit(2);
};
const [from, seeds] = [number('from', 0), number('seeds', 1)];
const extent = { events: number('events', 1), faults: number('faults', 0) };
if (values.mutation !== undefined) {
  const mutation = mutations.find(({ name }) => name === values.mutation);
  if (!mutation) {
    process.stderr.write(`--mutation: there is no '${values.mutation}'; see --help\n`);
    process.exit(2);
  }
  mutate(mutation);
}

const { simulate } = await import('./simulate.js');
const started = performance.now();
const total = { events: 0, faults: 0, steps: 0, batches: 0 };
for (let seed = from; seed < from + seeds; seed++) {
  const { broken, faults, ...counts } = await simulate(seed, extent);
  if (broken.length > 0) {
    const told = broken.slice(0, 12).map((line) => `  ${line}\n`);
    process.stderr.write(`seed ${seed} (${faults.join(', ') || 'no fault'}):\n${told.join('')}`);
    const again = `--from ${seed} --seeds 1 --events ${extent.events} --faults ${extent.faults}`;
    process.stderr.write(`again: npm run simulate -- ${again}\n`);
    process.exit(1);
  }
  total.events += counts.events;
  total.faults += faults.length;
  total.steps += counts.steps;
  total.batches += counts.batches;
}
const seconds = Math.round(performance.now() - started) / 1_000;
process.stdout.write(`${JSON.stringify({ seeds, ...total, seconds })}\n`);
