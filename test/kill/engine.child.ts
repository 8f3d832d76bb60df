/**
 * An engine on the embedded log and store that publishes its own load, until it is killed. Arguments: folder, seed. Told
 * `go N` it opens the folder and publishes from record N on; told `finish` it publishes no more, and ends when all is
 * folded. Its stdout, a line each: `loaded`, `opened`, `committed`, `published N` (all records below N are acknowledged).
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { inputTopics, topicSpecs } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { defaultLimits, Engine } from '#pipeline';
import { openEmbedded } from '#store-embedded';
import { Random } from '../simulation/random.js';
import { group, loadOf, partitions } from './load.js';

const [path = '', seed = ''] = process.argv.slice(2);
const most = 500;
const say = (line: string) => writeSync(1, `${line}\n`);
const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// For those after it: at its end, which is a kill, it would write none.
flushCompileCache();
let finishing = false;
const from = await new Promise<number>((resolve) => {
  process.on('message', (told: string) => {
    if (told === 'finish') finishing = true;
    else resolve(Number(told.slice('go '.length)));
  });
  say('loaded');
});
const embedded = await openEmbedded({ path, engine: true });
const { log, store, atomic } = embedded;
say('opened');
const random = new Random(Number(seed) + from);
await log.createTopics(topicSpecs('', partitions));
const engine = new Engine({
  log,
  store,
  atomic,
  clock: {
    now: () => Date.now(),
    after: (ms, ring) => {
      const timer = setTimeout(ring, ms);
      return () => clearTimeout(timer);
    },
  },
  random: () => random.next(),
  group,
  partitions,
  topics: [...inputTopics],
  prefix: '',
  lifecycle,
  lifecycleOf: async () => lifecycle,
  limits: { ...defaultLimits, maxRecords: 30, backfillGraceMs: 0 },
  observe: (event) => {
    if (event.kind === 'batch') say('committed');
    if (event.kind === 'stopped') throw new Error(event.reason);
  },
  onFatal: (error) => {
    throw error;
  },
});
await engine.start();

const lag = () => engine.status().tasks.reduce((sum, task) => sum + task.lag, 0);
let n = from;
do {
  const count = 1 + random.below(20);
  await log.publish(Array.from({ length: count }, (_, at) => loadOf(Number(seed), n + at)));
  n += count;
  say(`published ${n}`);
  while (lag() > most) await pause(5);
} while (!finishing);
const quiet = () => {
  const { tasks } = engine.status();
  return tasks.length === partitions && tasks.every((task) => task.quiet);
};
while (!quiet()) await pause(20);
await engine.stop();
await embedded.close();
process.disconnect();
