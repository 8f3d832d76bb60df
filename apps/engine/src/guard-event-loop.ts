import { Worker } from 'node:worker_threads';

const BEAT_MS = 500;

/** No batch keeps an event loop busy for as long as this. */
export const STILL_MS = 60_000;

/** Runs beside the main thread, which cannot watch itself: it counts its own looks, so that a suspended process is not taken for a busy one. */
const watch = `
  const { workerData: { beats, looks, lookMs, reason } } = require('node:worker_threads');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let last = -1, still = 0; still < looks; ) {
    Atomics.wait(pause, 0, 0, lookMs);
    const beat = Atomics.load(beats, 0);
    still = beat === last ? still + 1 : 0;
    last = beat;
  }
  require('node:fs').writeSync(2, reason);
  process.kill(process.pid, 'SIGKILL');
`;

/**
 * Ends the process, by SIGKILL and with the reason on stderr, when its event loop has not turned for `ms`: then no timer
 * of its own, no heartbeat and no health check can tell. Returns what ends the watch.
 */
export function guardEventLoop(ms: number): () => Promise<void> {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const reason = `perennial engine: the event loop has stood still for ${ms / 1_000} s: a rule or a record keeps it busy for ever\n`;
  const lookMs = 2 * BEAT_MS;
  const worker = new Worker(watch, {
    eval: true,
    execArgv: [],
    workerData: { beats, looks: Math.ceil(ms / lookMs), lookMs, reason },
  });
  worker.unref();
  const beat = setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    await worker.terminate();
  };
}
