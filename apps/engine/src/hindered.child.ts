/** The engine's process with its work hindered as its one argument says, and watchdogs that wait for seconds and not for minutes. */
import { openLifecycles, runService } from '#backends';
import { createMetrics } from '#observability';
import type { AtomicCommit, CustomerStore } from '#pipeline';
import { guardEventLoop } from './guard-event-loop.js';
import { startEngine } from './start-engine.js';

const [how = ''] = process.argv.slice(2);
const never = () => {
  process.stderr.write('hindered\n');
  return new Promise<never>(() => undefined);
};
const hindrances: Readonly<Record<string, (store: CustomerStore) => { atomic?: AtomicCommit }>> = {
  'commits hang': () => ({ atomic: { commit: never } }),
  'tasks cannot begin': (store) => {
    store.claim = never;
    return {};
  },
  'the loop stands still': () => ({
    atomic: {
      commit: () => {
        process.stderr.write('hindered\n');
        for (;;);
      },
    },
  }),
};

guardEventLoop(10_000);
await runService('engine', async ({ backends, ...context }) => {
  const lifecycles = await openLifecycles(context.config, backends.store);
  const hindered = { ...backends, ...hindrances[how]?.(backends.store) };
  return startEngine({
    ...context,
    backends: hindered,
    lifecycles,
    metrics: createMetrics(),
    stallMs: 10_000,
  });
});
