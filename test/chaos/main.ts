/** `npm run chaos`: see the help below. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { kafka, mongo, ownServer } from '#testing';
import { root } from '../support/processes.js';
import { full, short } from './forms.js';
import { run, type Outcome } from './run.js';
import { summaryOf, tableOf } from './summary.js';

const help = `Real engine processes on a real Kafka and a MongoDB server, or the embedded store, under load, while processes are killed and
suspended, members come and go, the broker is killed, and the store is killed, silent, slow or cut off. Then an independent
verifier reads everything as committed. Exits with 1 where anything is lost, duplicated, out of order or wrong.

  npm run chaos -- [--seed N] [--short] [--mode cluster|single] [--output table|json]

  --seed N       decides the load and the plan of faults; the same seed repeats both (1)
  --short        what CI runs: a smaller load, each fault once
  --mode MODE    only this one: cluster (engines on Kafka and MongoDB) or single (one engine on Kafka and the embedded store)
  --output FORM  table or json (table)

Needs Java 17, and Docker, or Maven and Python for servers of its own. The servers listen on loopback and end with it.
`;

function usage(message: string): never {
  process.stderr.write(`${message}; see --help\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        short: { type: 'boolean', default: false },
        mode: { type: 'string' },
        output: { type: 'string', default: 'table' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
}

const values = options();
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0) usage(`--seed: ${values.seed} is no whole number from 0 on`);
if (!['table', 'json'].includes(values.output)) usage(`--output: ${values.output} is neither table nor json`);
if (values.mode !== undefined && !['cluster', 'single'].includes(values.mode))
  usage(`--mode: ${values.mode} is neither cluster nor single`);

const began = Date.now();
const tell = (what: string) =>
  process.stderr.write(`${String(Math.round((Date.now() - began) / 1_000)).padStart(5)} s  ${what}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
tell('building');
const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);

const outcomes: Outcome[] = [];
for (const form of (values.short ? short : full).filter(({ mode }) => mode === (values.mode ?? mode))) {
  tell(`${form.mode}: starting the servers`);
  const servers = { kafka: await ownServer(kafka), mongo: await ownServer(mongo) };
  try {
    outcomes.push(await run(form, seed, servers, tell));
  } finally {
    await servers.kafka.end();
    await servers.mongo.end();
  }
}
const summary = summaryOf(outcomes, seed);
for (const { form, verdict } of outcomes)
  for (const kind of ['lost', 'duplicated', 'outOfOrder', 'wrong'] as const)
    for (const what of verdict[kind].slice(0, 20)) process.stderr.write(`${form.mode}, ${kind}: ${what}\n`);
process.stdout.write(values.output === 'json' ? `${JSON.stringify(summary, null, 2)}\n` : tableOf(summary));
const { lost, duplicated, outOfOrder, wrong } = summary;
process.exit(lost + duplicated + outOfOrder + wrong === 0 ? 0 : 1);
