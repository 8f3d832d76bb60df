import { openLifecycles, runService } from '#backends';
import { createMetrics } from '#observability';
import { guardEventLoop } from './guard-event-loop.js';
import { startEngine } from './start-engine.js';

/** No batch keeps the event loop busy for as long as this. */
const STILL_MS = 60_000;

guardEventLoop(STILL_MS);
await runService('engine', async (context) => {
  const lifecycles = await openLifecycles(context.config, context.backends.store);
  return startEngine({ ...context, lifecycles, metrics: createMetrics() });
});
