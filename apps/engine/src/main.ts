import { availableParallelism } from 'node:os';
import { openLifecycles, runService } from '#backends';
import type { Config } from '#config';
import { createMetrics } from '#observability';
import { guardEventLoop, STILL_MS } from './guard-event-loop.js';
import { startEngine } from './start-engine.js';

/** Unless it is said. More share one log and one store, and each has a heap of its own. */
const MOST_THREADS = 4;

/** One core is left to the collection of garbage and to compiling, which have threads of their own. */
const fitting = () => Math.min(Math.max(availableParallelism() - 1, 1), MOST_THREADS);

/** The embedded log is worked off by one thread, since what it commits waits for one lock. */
const threadsOf = ({ kafka, threads }: Config): number => (kafka ? (threads ?? fitting()) : 1);

guardEventLoop(STILL_MS);
await runService('engine', async (context) => {
  const lifecycles = await openLifecycles(context.config, context.backends.store);
  const threads = threadsOf(context.config);
  return startEngine({ ...context, lifecycles, metrics: createMetrics(), threads });
});
