import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomerStore, EventLog } from '#pipeline';

const pollMs = 100;

export interface Reader {
  readonly group: string;
  /** Full names. */
  readonly topics: readonly string[];
}

/** Records that the readers have not committed yet. */
export async function lagOf(log: EventLog, readers: readonly Reader[]): Promise<number> {
  let lag = 0;
  for (const { group, topics } of readers) {
    const offsets = await log.groupOffsets(group, topics);
    for (const topic of topics)
      for (const [partition, { start, end }] of (await log.range(topic)).entries())
        lag += end - Math.max(start, offsets[topic]?.[partition] ?? -1);
  }
  return lag;
}

/** Timers that are due and not yet folded, of any partition. */
async function timersDue(store: CustomerStore, partitions: number, now: number): Promise<boolean> {
  for (let partition = 0; partition < partitions; partition++)
    if ((await store.due(partition, now, 1)).length > 0) return true;
  return false;
}

/** Resolves when nothing is left to read for anyone and no timer is due, twice in a row; false when `signal` came first. */
export async function caughtUp(
  { log, store }: { readonly log: EventLog; readonly store: CustomerStore },
  readers: readonly Reader[],
  partitions: number,
  signal: AbortSignal,
  progress: (lag: number) => void,
): Promise<boolean> {
  for (let quiet = 0; quiet < 2;) {
    if (signal.aborted) return false;
    try {
      const lag = await lagOf(log, readers);
      progress(lag);
      quiet = lag === 0 && !(await timersDue(store, partitions, Date.now())) ? quiet + 1 : 0;
    } catch (error) {
      if ((error as { retriable?: boolean }).retriable !== true) throw error;
      quiet = 0;
    }
    if (quiet < 2) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return true;
}
