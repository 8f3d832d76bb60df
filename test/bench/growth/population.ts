import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fill, type Arena } from '../arena.js';
import type { Contestant } from '../contestants/contestant.js';
import { liveOf } from '../load/load.js';
import { publishEvenly } from '../load/publish-evenly.js';
import { emptied } from '../measure/emptied.js';
import { go } from '../measure/go.js';
import { caughtUp, committedOf, endsOf, sum } from '../measure/group-progress.js';
import { cpuSeconds, memoryOf } from '../measure/proc.js';
import { untilValue } from '../measure/until.js';

/** What an event costs where so many customers are known. */
export interface Population {
  readonly customers: number;
  /** Processor microseconds of the engine per live event. */
  readonly cpuMicros: number;
  /** Events of the history that it folded in a second. */
  readonly historyPerSecond: number;
  /** Resident peak with mapped files, and what at the end is no file's; MiB. */
  readonly rssMb: number;
  readonly ownMb: number;
  /** Of the store's files, per customer. */
  readonly storedBytes: number;
}

/** Events that each customer has had on average, and over how many days, before those that are measured. */
export const history = 2;
const historyDays = 10;

/** Live events a second; how long they come before they count, and then, s. */
export const livePerSecond = 1_000;
const warmUpSeconds = 10;
export const measuredSeconds = 30;

/** Of a second, where nothing is left to fold and no timer is due. */
const idleShare = 0.2;

/** Bounds one population, ms: five hundred events a second, and ten minutes. */
const patienceMs = (events: number): number => 600_000 + 2 * events;

/**
 * Lets the engine fold a history of so many customers and all timers that it brings; then measures live events of all of them
 * at a steady rate. A backlog would not do: of few customers a batch holds several events each, which are written as one.
 */
export async function population(
  customers: number,
  engine: Contestant,
  arena: Arena,
  said: (line: string) => void,
): Promise<Population> {
  const events = history * customers;
  const load = { events, customers, shape: 'even', seed: 3, days: historyDays } as const;
  const field = await fill(arena, `population-${customers}.`, load, said);
  const { admin, folder, log } = arena;
  const patience = patienceMs(events);
  const id = `population-${customers}-ours`;
  const result = await go(engine, id, arena, field, async ({ group, pid }) => {
    const begun = performance.now();
    await caughtUp(admin, group, await endsOf(admin, field.inputs), patience);
    const historyPerSecond = Math.round(events / ((performance.now() - begun) / 1_000));
    said('history folded; waiting for its timers');
    await idle(pid, patience);
    const at = async () => ({
      cpu: cpuSeconds(pid),
      done: sum(await committedOf(admin, group, field.inputs)),
    });
    const live = liveOf({ ...load, events: Infinity, seed: 4 }, field.prefix);
    const pace = (seconds: number) => ({ perSecond: livePerSecond, ms: seconds * 1_000 });
    await publishEvenly(log, live, pace(warmUpSeconds));
    const first = await at();
    await publishEvenly(log, live, pace(measuredSeconds));
    const last = await at();
    const { peakMb, ownMb } = memoryOf(pid);
    return {
      customers,
      cpuMicros: Math.round(((last.cpu - first.cpu) / (last.done - first.done)) * 1e7) / 10,
      historyPerSecond,
      rssMb: Math.round(peakMb),
      ownMb: Math.round(ownMb),
      storedBytes: Math.round(sizeOf(join(folder, id, 'data')) / customers),
    };
  });
  for (const topic of field.inputs) await emptied(admin, topic);
  return result;
}

/** Resolves when the process has had next to nothing to do for a second. */
async function idle(pid: number, ms: number): Promise<void> {
  let last = -Infinity;
  await untilValue('the engine is idle', ms, 1_000, async () => {
    const before = last;
    last = cpuSeconds(pid);
    return last - before < idleShare || undefined;
  });
}

/** Blocks on the disk, in bytes: the store's file is sparse. */
const sizeOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).blocks * 512, 0);
