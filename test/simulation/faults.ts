import type { Random } from './random.js';
import { troubles } from './trouble.js';
import type { World } from './world.js';

const hour = 3_600_000;

/** What can happen to the processes, the store and the network. */
const faults = {
  crash: (world: World, random: Random) => {
    const { hosts } = world;
    if (hosts.length > 0) world.kill(random.of(hosts));
  },
  zombie: (world: World, random: Random) => {
    const running = world.hosts.filter(({ standing }) => standing === 'running');
    if (running.length > 0) world.stop(random.of(running), 1_000 + random.below(60_000));
  },
  call: (world: World, random: Random) => {
    if (world.hosts.length > 0) random.of(world.hosts).trouble(random.of(troubles));
  },
  joins: (world: World) => {
    if (world.hosts.length < 4) world.start();
  },
  leaves: (world: World, random: Random) => {
    const running = world.hosts.filter(({ standing }) => standing === 'running');
    if (running.length > 1) void world.leave(random.of(running));
  },
  storeOutage: (world: World, random: Random) => {
    world.storeDownUntil = world.schedule.steps + random.below(200);
  },
  redelivery: (world: World, random: Random) => {
    if (world.hosts.length > 0) random.of(world.hosts).trouble('redelivered');
  },
  brake: (world: World, random: Random) => {
    void world.brake(
      random.of(['all', 'follow-up', 'loyalty']),
      random.of(['paused', 'shadow', 'running'] as const),
    );
  },
  activation: (world: World) => {
    void world.goOver();
  },
  clockJump: (world: World, random: Random) => {
    if (world.hosts.length > 0) random.of(world.hosts).skew = (random.below(5) - 2) * hour;
  },
} as const;

export type Fault = keyof typeof faults;

/** Which faults happen at which step. */
export function faultsOf(random: Random, most: number, within: number): ReadonlyMap<number, Fault> {
  const kinds = Object.keys(faults) as Fault[];
  const chosen = new Map<number, Fault>();
  const count = random.below(most + 1);
  for (let n = 0; n < count; n++) chosen.set(random.below(within), random.of(kinds));
  return chosen;
}

export const happens = (fault: Fault, world: World, random: Random): void => faults[fault](world, random);
