import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inboxTopic, inputTopics, topicName, topicSpecs } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import type { EventLog } from '#pipeline';
import { openEmbedded } from '#store-embedded';
import { freshName } from '#testing';
import { judge, type Growth } from './judge.js';
import { Load } from './load.js';
import type { SoakOptions } from './options.js';
import { SoakedEngine } from './soaked-engine.js';
import { Watch, type Sample } from './watch.js';
import { committedBy } from '../support/group-standing.js';

export const burstFactor = 3;
/** Of the whole time. What remains is judged. */
const [warmUp, burst] = [0.3, 0.1];
const samples = 60;
const partitions = 4;
/** After a burst: what it took, or half a minute. */
const leastRecoveryMs = 30_000;

export interface Soaked extends SoakOptions {
  readonly seconds: number;
  readonly published: number;
  /** Of those published: below the offsets that the engine committed. */
  readonly folded: number;
  readonly deadLetters: number;
  readonly samples: readonly Sample[];
  readonly burst: { readonly worstLag: number; readonly recoveredMs: number; readonly allowedMs: number };
  /** Of the steady phase; memory in bytes. */
  readonly judged: { readonly heap: Growth; readonly own: Growth; readonly handles: Growth };
  readonly sound: boolean;
}

interface Here {
  readonly log: EventLog;
  readonly prefix: string;
  readonly group: string;
}

const MB = 1 << 20;
const limits = {
  heap: { share: 0.15, least: 12 * MB },
  own: { share: 0.1, least: 24 * MB },
  handles: { share: 0, least: 2 },
} as const;

/** One soak, on the broker at `kafka` where Kafka is wanted. Leaves nothing behind. */
export async function soak(
  options: SoakOptions,
  kafka: string | undefined,
  tell: (what: string) => void,
): Promise<Soaked> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-soak-'));
  const removed = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removed);
  const [prefix, group] = [`${freshName('soak')}.`, freshName('soak')];
  const env = {
    ...{ PERENNIAL_DATA: folder, PORT: '0', PARTITIONS: String(partitions) },
    ...{ TOPIC_PREFIX: prefix, GROUP_ID: group },
    ...(kafka !== undefined && { KAFKA_BROKERS: kafka }),
  };
  const { log, close } = await openLog(folder, kafka);
  try {
    await log.createTopics(topicSpecs(prefix, partitions));
    const engine = await SoakedEngine.start(env, options.leak);
    try {
      return await run(options, engine, { log, prefix, group }, tell);
    } finally {
      await engine.stop();
    }
  } finally {
    await close();
    process.off('exit', removed);
    removed();
  }
}

async function openLog(
  folder: string,
  kafka: string | undefined,
): Promise<{ log: EventLog; close: () => Promise<void> }> {
  if (kafka === undefined) return openEmbedded({ path: folder });
  const log = await openKafkaLog({ brokers: [kafka], clientId: 'soak-load' });
  return { log, close: () => log.close() };
}

async function run(
  options: SoakOptions,
  engine: SoakedEngine,
  here: Here,
  tell: (what: string) => void,
): Promise<Soaked> {
  const ms = options.minutes * 60_000;
  const load = new Load(
    here.log,
    here.prefix,
    (ms / 1_000) * options.rate * (1 + burst * burstFactor),
    options.seed,
  );
  const allowedMs = Math.max(leastRecoveryMs, burst * ms);
  const watch = new Watch(engine, ms / samples, tell);
  await watch.during('warm-up', () => load.run(options.rate, warmUp * ms));
  await watch.during('burst', () => load.run(burstFactor * options.rate, burst * ms));
  const recovery = await caughtUp(engine, here, load, 2 * allowedMs);
  await watch.during('steady', () => load.run(options.rate, (1 - warmUp - burst) * ms));
  await caughtUp(engine, here, load, 2 * allowedMs);
  const { deadLetters } = await engine.state();
  const folded = await committedIn(here);

  const steady = watch.samples.filter(({ phase }) => phase === 'steady');
  const judged = {
    heap: judge(pointsOf(steady, 'heap'), limits.heap),
    own: judge(pointsOf(steady, 'own'), limits.own),
    handles: judge(pointsOf(steady, 'handles'), limits.handles),
  };
  const inBurst = watch.samples.filter(({ phase }) => phase === 'burst').map(({ lag }) => lag);
  return {
    ...options,
    seconds: watch.seconds,
    published: load.published,
    folded,
    deadLetters,
    samples: watch.samples,
    burst: { worstLag: Math.max(0, ...inBurst), recoveredMs: recovery, allowedMs },
    judged,
    sound:
      Object.values(judged).every(({ flat }) => flat) &&
      recovery <= allowedMs &&
      folded === load.published &&
      deadLetters === 0,
  };
}

/** Records of upstream topics below the committed offsets: on Kafka too as many as were published, for nothing else is written there. */
function committedIn({ log, prefix, group }: Here): Promise<number> {
  const upstream = inputTopics.filter((topic) => topic !== inboxTopic);
  return committedBy(
    log,
    group,
    upstream.map((topic) => topicName(prefix, topic)),
  );
}

/** How long it took until all that was published is folded and nothing is left; `limit` where that is not reached. ms */
async function caughtUp(
  engine: SoakedEngine,
  here: Here,
  { published }: Load,
  limit: number,
): Promise<number> {
  const began = performance.now();
  const passed = () => Math.round(performance.now() - began);
  // An engine that has not fetched yet knows of no lag.
  for (let done = false; !done && passed() < limit;) {
    done = (await engine.state()).idle && (await committedIn(here)) >= published;
    if (!done) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return passed();
}

const pointsOf = (samples: readonly Sample[], figure: 'heap' | 'own' | 'handles') =>
  samples.map((sample) => ({ seconds: sample.seconds, value: sample[figure] }));
