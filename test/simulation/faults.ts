import type { Host } from './host.js';
import { calls, changes, midBatch, points, start, storeWrites, type Call, type Point } from './points.js';
import type { Random } from './random.js';
import type { Wrong } from './trouble.js';
import { inDoubt } from './view.js';
import type { World } from './world.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Something that happens: at a step, or when a process next stands at `when` after it. */
export interface Fault {
  readonly name: string;
  readonly when?: Point;
  /** What has a process come to `when` at all. */
  readonly first?: (world: World) => void;
  /** `host` stands at `when`; without it, any that lives. */
  readonly happen: (world: World, host: Host) => void;
}

/** Some process dies. */
export const crash: Fault = { name: 'crash', happen: (world, host) => world.processes.kill(host) };

/** Some calls are made only where there is something to tell to everyone, or where a process joins. */
function provoking(where: string): Pick<Fault, 'first'> {
  if (where.startsWith('log.join')) return { first: (world) => world.processes.join() };
  const toldToAll = where.startsWith('store.customers') || where.startsWith('records.update');
  return toldToAll ? { first: (world) => world.operator.announce() } : {};
}

const goesWrong = (random: Random, wrong: Wrong, among: readonly (Call | 'fetch')[]): Fault => {
  const call = random.of(among);
  return {
    name: `${wrong} (${call})`,
    happen: (world) => {
      provoking(call).first?.(world);
      world.trouble({ wrong, call });
    },
  };
};

const mostly = <T>(random: Random, what: T): { when?: T } => (random.chance(0.7) ? { when: what } : {});

type Draw = (random: Random) => Fault;

/** What can happen to processes, store, network, clocks and customers; how often one is drawn beside the others. */
const draws: readonly (readonly [weight: number, draw: Draw])[] = [
  [
    5,
    (random) => {
      const when = random.of(points);
      return { ...crash, ...provoking(when), name: `crash at '${when}'`, when };
    },
  ],
  [
    5,
    (random) => {
      const [when, wakes, held] = [random.of(midBatch), random.of(start), random.below(60)];
      return {
        name: `stopped at '${when}', wakes when the next owner is at '${wakes}'`,
        when,
        happen: (world, host) => world.processes.stop(host, 60_000, { wakes, held }),
      };
    },
  ],
  [1, (random) => stopped(1_000 + random.below(60_000))],
  [2, (random) => goesWrong(random, 'request lost', calls)],
  [2, (random) => goesWrong(random, 'acknowledgement lost after applying', calls)],
  [2, (random) => goesWrong(random, 'request and acknowledgement doubled', changes)],
  [3, (random) => goesWrong(random, 'request late', changes)],
  [1, (random) => goesWrong(random, 'bulk partly applied', ['store.write'])],
  [2, (random) => goesWrong(random, 'rollback of what no majority had', storeWrites)],
  [1, (random) => goesWrong(random, 'redelivery', ['fetch'])],
  [
    1,
    (random) => ({
      name: 'a process joins',
      ...mostly(random, random.of(midBatch)),
      happen: (world) => world.processes.join(),
    }),
  ],
  [
    1,
    (random) => ({
      name: 'a process leaves',
      ...mostly(random, random.of(midBatch)),
      happen: (world, host) => void world.processes.leave(host),
    }),
  ],
  [
    1,
    (random) => {
      const ms = random.below(2_000);
      return {
        name: 'a process is expelled and comes back',
        ...mostly(random, random.of(midBatch)),
        happen: (world, host) => world.processes.expel(host, ms),
      };
    },
  ],
  [1, (random) => storeIs('away', random.below(200))],
  [1, (random) => storeIs('slow', random.below(200))],
  [1, (random) => storeIs('failing', random.below(200))],
  [
    1,
    (random) => {
      const hours = random.of([-2, -1, 1, 2]);
      return {
        name: `a clock jumps by ${hours} h`,
        happen: (world, host) => world.jump(host, hours * hour),
      };
    },
  ],
  [
    2,
    (random) => {
      const ms = (1 + random.below(40)) * day;
      return {
        name: 'everything is down for days',
        ...mostly(random, random.of(midBatch)),
        happen: (world) => world.processes.allDown(ms),
      };
    },
  ],
  [
    1,
    (random) => {
      const { name, brake } = braked(random);
      return { name, ...mostly(random, random.of(midBatch)), happen: brake };
    },
  ],
  [
    1,
    (random) => {
      const { name, brake } = braked(random);
      return {
        name: `${name} before a batch is done again`,
        when: random.of(midBatch),
        happen: (world, host) => {
          if (inDoubt(world)) world.census.count('brake set with a batch in doubt');
          brake(world);
          world.processes.kill(host);
        },
      };
    },
  ],
  [
    2,
    (random) => ({
      name: 'a definition is activated',
      ...mostly(random, random.of(midBatch)),
      happen: (world) => world.operator.goOver(),
    }),
  ],
  [1, () => ({ name: 'an announcement', happen: (world) => world.operator.announce() })],
  [
    1,
    (random) => {
      const which = random.next();
      return { name: 'an erasure', happen: (world) => world.operator.erase(which) };
    },
  ],
];

function braked(random: Random): { readonly name: string; readonly brake: (world: World) => void } {
  const programme = random.of(['all', 'follow-up', 'loyalty']);
  const brake = random.of(['paused', 'shadow', 'running'] as const);
  return { name: `${programme} ${brake}`, brake: (world) => world.operator.brake(programme, brake) };
}

const stopped = (ms: number): Fault => ({
  name: `stopped for ${ms} ms`,
  happen: (world, host) => world.processes.stop(host, ms),
});

const storeIs = (how: 'away' | 'slow' | 'failing', steps: number): Fault => ({
  name: `the store is ${how} for ${steps} steps`,
  happen: (world) => world.storeIs(how, steps),
});

const total = draws.reduce((sum, [weight]) => sum + weight, 0);

function drawn(random: Random): Fault {
  let left = random.below(total);
  for (const [weight, draw] of draws) {
    if (left < weight) return draw(random);
    left -= weight;
  }
  throw new RangeError('unreachable');
}

/** Which faults begin at which step. */
export function faultsOf(random: Random, most: number, within: number): ReadonlyMap<number, Fault> {
  const chosen = new Map<number, Fault>();
  const count = random.below(most + 1);
  for (let n = 0; n < count; n++) chosen.set(random.below(within), drawn(random));
  return chosen;
}
