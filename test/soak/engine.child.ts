/**
 * One engine under load, which tells its parent how it is doing. Settings come from the environment as for any engine;
 * argument: what it leaks on purpose (none, memory or handles).
 */
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startEngine } from '#apps/engine';
import { openBackends, openLifecycles } from '#backends';
import { loadConfig } from '#config';
import { createLogger, createMetrics } from '#observability';
import type { Answer, Question } from './soaked-engine.js';

/** Small, so that the caches are full and turn over long before memory is judged. */
const cachedCustomers = 100;
const leakedBytes = 8_192;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const [, , leak] = process.argv;
const config = loadConfig(process.env);
const backends = await openBackends(config, { engine: true, clientId: 'soak' });
const metrics = createMetrics();
const engine = await startEngine({
  config,
  backends,
  lifecycles: await openLifecycles(config, backends.store),
  logger: createLogger('silent'),
  metrics,
  limits: { cachedCustomers },
});
void engine.failed.then((error) => {
  process.stderr.write(`the engine under load ended: ${error.message}\n`);
  process.exit(1);
});

const leaked: Buffer[] = [];
let seen = 0;

async function answer({ measure }: Question): Promise<Answer> {
  const { tasks } = engine.status();
  const events = await countOf(metrics.events);
  for (; seen < events; seen++) if (leak === 'memory') leaked.push(Buffer.from('x'.repeat(leakedBytes)));
  const state = {
    lag: tasks.reduce((sum, task) => sum + task.lag, 0),
    idle: tasks.length > 0 && tasks.every(({ state, lag }) => state === 'running' && lag === 0),
    events,
    deadLetters: await countOf(metrics.deadLetters),
  };
  if (!measure) return state;
  if (leak === 'handles') openSync('/dev/null', 'r');
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    ...state,
    heap: heapUsed + external,
    resident: rss,
    own: residentOwn() ?? rss,
    handles: handles(),
  };
}

const countOf = async (counter: { get(): Promise<{ values: readonly { value: number }[] }> }) =>
  (await counter.get()).values.reduce((sum, { value }) => sum + value, 0);

/** Resident and not backed by a file: the mapped database grows with what it holds. Linux tells it, in KiB. */
function residentOwn(): number | undefined {
  try {
    const [, kib] = /^RssAnon:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kib === undefined ? undefined : Number(kib) * 1_024;
  } catch {
    return undefined;
  }
}

/** Open file descriptors; where the system does not list them, what Node knows to be open. */
function handles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return process.getActiveResourcesInfo().length;
  }
}

let stopping = false;
process.on('message', (question: Question | 'stop') => {
  if (question !== 'stop') return void answer(question).then((told) => process.send?.(told));
  if (stopping) return;
  stopping = true;
  void engine
    .stop()
    .then(() => backends.close())
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.send?.('ready');
