import type { Arena, Field } from '../arena.js';
import type { Contestant } from '../contestants/contestant.js';
import { emptied } from './emptied.js';
import { go } from './go.js';
import { caughtUp, committedOf, endsOf, sum } from './group-progress.js';
import { cpuSeconds, memoryOf, type Memory } from './proc.js';

/** How one contestant worked off the load, once. */
export interface Backlog {
  readonly events: number;
  /** From the group having its partitions to the last event being committed. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Processor seconds per million events, in all threads, in that time. */
  readonly cpuPerMillion: number;
  /** The broker's; undefined where it is not a process of this machine. */
  readonly brokerCpuPerMillion: number | undefined;
  readonly memory: Memory;
}

/** Bounds one go, ms. */
const GO_MS = 600_000;

/** Lets the contestant take what its group has not committed yet. `after` sees the topics that it wrote; then they are emptied. */
export async function workOff(
  contestant: Contestant,
  id: string,
  arena: Arena,
  field: Field,
  after?: (outputs: readonly string[]) => Promise<void>,
): Promise<Backlog> {
  const { admin, brokerPid } = arena;
  const ends = await endsOf(admin, field.inputs);
  let written: readonly string[] = [];
  const result = await go(contestant, id, arena, field, async ({ group, pid, outputs }) => {
    written = outputs;
    const begun = performance.now();
    const before = cpuOf(pid, brokerPid);
    const committed = sum(await committedOf(admin, group, field.inputs));
    await caughtUp(admin, group, ends, GO_MS);
    const seconds = (performance.now() - begun) / 1_000;
    const [cpu, broker] = cpuOf(pid, brokerPid).map((all, n) => all - (before[n] ?? 0));
    const events = sum(ends) - committed;
    const perMillion = (spent = 0) => (spent / events) * 1e6;
    return {
      events,
      seconds,
      perSecond: events / seconds,
      cpuPerMillion: perMillion(cpu),
      brokerCpuPerMillion: brokerPid === undefined ? undefined : perMillion(broker),
      memory: memoryOf(pid),
    };
  });
  await after?.(written);
  for (const topic of written) await emptied(admin, topic);
  return result;
}

const cpuOf = (...pids: readonly (number | undefined)[]) =>
  pids.map((pid) => (pid === undefined ? 0 : cpuSeconds(pid)));
