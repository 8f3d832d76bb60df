import { join } from 'node:path';
import { mkdirSync, rmSync } from 'node:fs';
import type { Contestant, Ground } from '../contestants/contestant.js';
import { assigned, caughtUp, committedOf, endsOf, type Ends } from './group-progress.js';
import { cpuSeconds, memoryOf, type Memory } from './proc.js';

/** How one contestant worked off the load. */
export interface Backlog {
  readonly events: number;
  /** From the group having its partitions to the last event being committed. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Processor seconds per million events, in all threads, from the start of the process. */
  readonly cpuPerMillion: number;
  /** The broker's in the same time; undefined where it is not a process of this machine. */
  readonly brokerCpuPerMillion?: number;
  readonly memory: Memory;
}

export interface Place {
  readonly ground: Ground;
  readonly inputs: readonly string[];
  readonly brokerPid: number | undefined;
  /** A folder under which each go has its own. */
  readonly folder: string;
}

/** Bounds one go, ms. */
const GO_MS = 600_000;

/** Lets the contestant take the load from the beginning in a new group, then ends it. `after` sees its outputs first. */
export async function workOff(
  contestant: Contestant,
  id: string,
  { ground, inputs, brokerPid, folder }: Place,
  after: (outputs: readonly string[]) => Promise<void> = async () => undefined,
): Promise<Backlog> {
  const own = join(folder, id);
  mkdirSync(own);
  const { admin } = ground;
  const started = await contestant.start({ ...ground, id, folder: own });
  try {
    const { died, group, pid } = started;
    const brokerBefore = brokerPid === undefined ? 0 : cpuSeconds(brokerPid);
    const ends = await endsOf(admin, inputs);
    const before = sum(await committedOf(admin, group, inputs));
    await Promise.race([assigned(admin, group), died]);
    const begun = performance.now();
    await Promise.race([caughtUp(admin, group, ends, GO_MS), died]);
    const seconds = (performance.now() - begun) / 1_000;
    const events = sum(ends) - before;
    const perMillion = (cpu: number) => (cpu / events) * 1e6;
    const result = {
      events,
      seconds,
      perSecond: events / seconds,
      cpuPerMillion: perMillion(cpuSeconds(pid)),
      ...(brokerPid !== undefined && {
        brokerCpuPerMillion: perMillion(cpuSeconds(brokerPid) - brokerBefore),
      }),
      memory: memoryOf(pid),
    };
    await started.stop();
    await after(started.outputs);
    return result;
  } finally {
    await started.stop();
    await contestant.cleanUp?.();
    rmSync(own, { recursive: true, force: true });
  }
}

const sum = (ends: Ends) => [...ends.values()].flat().reduce((total, end) => total + end, 0);
