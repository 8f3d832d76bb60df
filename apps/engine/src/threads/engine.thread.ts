/** A thread of the engine: a member of the group with clients, rules and tasks of its own, on the folder or database of all. */
import { parentPort, workerData } from 'node:worker_threads';
import { openBackends, openLifecycles } from '#backends';
import { Engine, type TaskEvent } from '#pipeline';
import { engineDeps } from '../engine-deps.js';
import { guardEventLoop, STILL_MS } from '../guard-event-loop.js';
import type { FromThread, ThreadSettings, ToThread } from './messages.js';

const STATUS_MS = 200;

const { config, partitions, limits, stallMs } = workerData as ThreadSettings;
const port = parentPort;
if (!port) throw new Error('engine.thread runs as a thread only');
const say = (message: FromThread) => port.postMessage(message);
const fail = (error: unknown) =>
  say({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
const closing: (() => Promise<void>)[] = [];
let settle = () => {};

port.on('message', (message: ToThread) => {
  if (message === 'settle') settle();
  else void stop();
});
guardEventLoop(STILL_MS);
await start().catch(fail);

async function start(): Promise<void> {
  // The process has the folder's lock, once for all its threads.
  const backends = await openBackends(config, { engine: false, clientId: 'perennial-engine' });
  closing.push(() => backends.close());
  const lifecycles = await openLifecycles(config, backends.store);
  const observe = (event: TaskEvent) => say({ kind: 'observed', event: cloneable(event) });
  const parts = { config, backends, lifecycles, partitions, limits };
  const engine = new Engine(engineDeps({ ...parts, observe, onFatal: fail }), stallMs);
  closing.push(() => engine.stop());
  settle = () => engine.settle();
  const tell = () => say({ kind: 'status', status: engine.status() });
  setInterval(tell, STATUS_MS);
  await engine.start();
  tell();
  say({ kind: 'started' });
}

async function stop(): Promise<never> {
  for (const close of closing.toReversed()) await close();
  process.exit(0);
}

/** Rules may throw anything, of which errors alone are sure to pass between threads. */
function cloneable(event: TaskEvent): TaskEvent {
  if (event.kind !== 'batch' || event.foldErrors.length === 0) return event;
  const foldErrors = event.foldErrors.map(({ customer, error }) => ({
    customer,
    error: error instanceof Error ? error : new Error(String(error)),
  }));
  return { ...event, foldErrors };
}
