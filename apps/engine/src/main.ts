import { openLifecycles, runService } from '#backends';
import { createMetrics } from '#observability';
import { startEngine } from './start-engine.js';

await runService('engine', async (context) => {
  const lifecycles = await openLifecycles(context.config, context.backends.store);
  return startEngine({ ...context, lifecycles, metrics: createMetrics() });
});
