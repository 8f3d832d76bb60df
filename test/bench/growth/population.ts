import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fill, type Arena } from '../arena.js';
import type { Contestant } from '../contestants/contestant.js';
import { emptied } from '../measure/emptied.js';
import { go } from '../measure/go.js';
import { caughtUp, endsOf, progressed, sum } from '../measure/group-progress.js';
import { cpuSeconds, memoryOf } from '../measure/proc.js';

/** What an event costs where so many customers are known. */
export interface Population {
  readonly customers: number;
  /** Processor microseconds of the engine per event, over the last of them. */
  readonly cpuMicros: number;
  readonly perSecond: number;
  /** Resident peak with mapped files, and what at the end is no file's; MiB. */
  readonly rssMb: number;
  readonly ownMb: number;
  /** Of the store's files, per customer. */
  readonly storedBytes: number;
}

/** Events that each customer has had on average before those that are measured, and how many are measured. */
export const history = 3;
export const measured = 50_000;

/** Between two events of a customer, so that whatever the number of customers as many timers fall due for an event. */
const daysApart = 20;

/** Bounds one population, ms: a thousand events a second, and ten minutes. */
const patienceMs = (events: number): number => 600_000 + events;

/** Lets the engine fold a history of so many customers, and measures the events after it: drawn from all of them alike. */
export async function population(
  customers: number,
  engine: Contestant,
  arena: Arena,
  said: (line: string) => void,
): Promise<Population> {
  const before = history * customers;
  const events = before + measured;
  const load = { events, customers, shape: 'even', seed: 3, days: (events / customers) * daysApart } as const;
  const field = await fill(arena, `population-${customers}.`, load, said);
  const { admin, folder } = arena;
  const ends = await endsOf(admin, field.inputs);
  const id = `population-${customers}-ours`;
  const result = await go(engine, id, arena, field, async ({ group, pid }) => {
    const at = () => ({ cpu: cpuSeconds(pid), time: performance.now() });
    const done = await progressed(admin, group, field.inputs, before, patienceMs(before));
    const begun = at();
    await caughtUp(admin, group, ends, patienceMs(measured));
    const ended = at();
    const events = sum(ends) - done;
    const { peakMb, ownMb } = memoryOf(pid);
    return {
      customers,
      cpuMicros: Math.round(((ended.cpu - begun.cpu) / events) * 1e7) / 10,
      perSecond: Math.round(events / ((ended.time - begun.time) / 1_000)),
      rssMb: Math.round(peakMb),
      ownMb: Math.round(ownMb),
      storedBytes: Math.round(sizeOf(join(folder, id, 'data')) / customers),
    };
  });
  for (const topic of field.inputs) await emptied(admin, topic);
  return result;
}

/** Blocks on the disk, in bytes: the store's file is sparse. */
const sizeOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).blocks * 512, 0);
