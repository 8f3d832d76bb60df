import { setTimeout as sleep } from 'node:timers/promises';
import { fanOutProgress, type CustomerStore, type FanOutProgress } from '#pipeline';
import { count } from '../publish/publish.command.js';
import type { Terminal } from '../terminal.js';

const pollMs = 200;
const patienceMs = 5_000;

/** Waits until every known customer was told, or no engine took it further for 5 s; says which. */
export async function followFanOut(
  store: CustomerStore,
  job: string,
  partitions: number,
  terminal: Terminal,
): Promise<void> {
  let last: FanOutProgress = { passed: 0, sent: 0, done: false };
  for (let waited = 0; waited < patienceMs; waited += pollMs) {
    const progress = await fanOutProgress(store, job, partitions);
    if (progress.done) return terminal.say(`${count(progress.sent, 'customer')} told.`);
    if (progress.passed > last.passed) waited = 0;
    last = progress;
    terminal.progress(`${count(last.sent, 'customer')} told so far`);
    await sleep(pollMs);
  }
  terminal.say(
    `${count(last.sent, 'customer')} told so far, and nobody for ${patienceMs / 1_000} s: it goes on as soon as engines have nothing else to do. ` +
      "'perennial doctor' says how far it is.",
  );
}
