import { inputTopics } from '#contracts';
import { MemoryLog, MemoryStore } from '#in-memory';
import { defaultLimits, Engine } from '#pipeline';
import { definitions, lifecycleOf } from './definitions.js';
import type { Host } from './host.js';
import { group, partitions } from './story.js';
import type { World } from './world.js';

/** A process of the engine as it is, on the world's log and store. */
export interface Process {
  readonly host: Host;
  readonly log: MemoryLog;
  readonly engine: Engine;
}

/** Small batches of a small cache, and so few records under way at a time that tasks wait for their turns. `fatal` ends it. */
export function launch(host: Host, world: World, fatal: () => void): Process {
  const { random, complaints } = world;
  const log = new MemoryLog(world.cluster, world.groups, host);
  const store = new MemoryStore(world.database, host);
  const engine = new Engine({
    log,
    store,
    clock: host.clock,
    random: random.next,
    group,
    partitions,
    topics: [...inputTopics],
    prefix: '',
    lifecycle: lifecycleOf(definitions[0].hash),
    lifecycleOf: async (hash) => lifecycleOf(hash),
    limits: {
      ...defaultLimits,
      maxRecords: 1 + random.below(12),
      recordsUnderWay: 1 + random.below(16),
      cachedCustomers: 2,
    },
    observe: (event) => {
      if (event.kind === 'stopped') complaints.push(`${host.name}: ${event.reason}`);
      if (event.kind === 'batch' && event.foldErrors.length > 0)
        complaints.push(`${host.name}: a fold threw: ${String(event.foldErrors[0]?.error)}`);
    },
    onFatal: fatal,
  });
  return { host, log, engine };
}
