import { examine } from './examine.js';
import type { Counts } from './census.js';
import { crash, faultsOf } from './faults.js';
import { Random } from './random.js';
import { storyOf } from './story.js';
import { stateOf } from './state-in-words.js';
import { heldBy } from './view.js';
import { World } from './world.js';

export interface Extent {
  /** At most so many events, doubled ones not counted. */
  readonly events: number;
  /** At most so many faults. */
  readonly faults: number;
  /** A step at which a process dies besides. */
  readonly crashAt?: number | undefined;
}

export interface Outcome {
  readonly seed: number;
  readonly events: number;
  /** In words, in the order in which they began. */
  readonly faults: readonly string[];
  /** The faults that were made. */
  readonly made: Counts;
  readonly steps: number;
  readonly batches: number;
  /** What was promised and did not hold; empty where all is well. */
  readonly broken: readonly string[];
}

const mostSteps = 20_000;
const stepsPerEvent = 15;
/** Steps without anything that could go on; more than a process is held back for. */
const mostStill = 100;

/** One run: the same seed and extent give the same run, step by step. */
export async function simulate(seed: number, extent: Extent): Promise<Outcome> {
  const random = new Random(seed);
  const story = [...storyOf(random, extent.events)];
  const events = story.length;
  const troubled = faultsOf(random, extent.faults, stepsPerEvent * events);
  const world = new World(random);
  for (const record of story.splice(0, random.below(events))) world.publish(record);
  world.processes.start();
  if (random.chance(0.5)) world.processes.start();

  const last = Math.max(0, extent.crashAt ?? 0, ...troubled.keys());
  let still = 0;
  while (world.schedule.steps < mostSteps) {
    const { steps } = world.schedule;
    const fault = troubled.get(steps);
    if (fault) world.begin(fault);
    if (steps === extent.crashAt) world.begin(crash);
    if (story.length > 0 && random.chance(0.05)) world.publish(story.shift()!);
    if (story.length === 0 && steps > last && world.atRest() && (await world.operator.everyoneTold())) break;
    still = (await world.step()) ? 0 : still + 1;
    if (still > mostStill && story.length === 0 && steps > last) break;
  }
  const { broken, batches } = examine(heldBy(world), { settledAt: world.slowestClock });
  const restless = world.atRest()
    ? []
    : [`did not come to rest in ${world.schedule.steps} steps: ${stateOf(world)}`];
  const faults = [...troubled.entries()].sort(([a], [b]) => a - b).map(([, { name }]) => name);
  const all = [...world.complaints, ...restless, ...broken];
  return {
    seed,
    events,
    faults,
    made: world.census.counts,
    steps: world.schedule.steps,
    batches,
    broken: all,
  };
}
