import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '#pipeline';

const pollMs = 50;

/** Resolves with the moment (ms) at which the topic first holds more than now; undefined when `signal` came first. */
export async function firstAppend(
  log: EventLog,
  topic: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const size = async () => (await log.range(topic)).reduce((sum, { end }) => sum + end, 0);
  const before = await size();
  while (!signal.aborted) {
    if ((await size()) > before) return Date.now();
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}
