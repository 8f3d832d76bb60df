import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicSpecs } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import type { EventLog } from '#pipeline';
import { openEmbedded } from '#store-embedded';
import { freshName } from '#testing';
import { judge, type Growth } from './judge.js';
import { Load } from './load.js';
import type { SoakOptions } from './options.js';
import { SoakedEngine, type Measured } from './soaked-engine.js';

export const burstFactor = 3;
/** Of the whole time. What remains is judged. */
const [warmUp, burst] = [0.3, 0.1];
const samples = 60;
const partitions = 4;
/** After a burst: what it took, or half a minute. */
const leastRecoveryMs = 30_000;

export interface Sample extends Measured {
  readonly seconds: number;
  readonly phase: 'warm-up' | 'burst' | 'steady';
}

export interface Soaked extends SoakOptions {
  readonly seconds: number;
  readonly published: number;
  /** Folded by the engine; referrals that it concludes by itself are among them. */
  readonly folded: number;
  readonly deadLetters: number;
  readonly samples: readonly Sample[];
  readonly burst: { readonly worstLag: number; readonly recoveredMs: number; readonly allowedMs: number };
  /** Of the steady phase; memory in bytes. */
  readonly judged: { readonly heap: Growth; readonly own: Growth; readonly handles: Growth };
  readonly sound: boolean;
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
  const prefix = kafka === undefined ? '' : `${freshName('soak')}.`;
  const env: Record<string, string> = { PERENNIAL_DATA: folder, PORT: '0', PARTITIONS: String(partitions) };
  if (kafka !== undefined)
    Object.assign(env, { KAFKA_BROKERS: kafka, TOPIC_PREFIX: prefix, GROUP_ID: freshName('soak') });
  const { log, close } = await openLog(folder, kafka);
  try {
    await log.createTopics(topicSpecs(prefix, partitions));
    const engine = await SoakedEngine.start(env, options.leak);
    try {
      return await run(options, engine, log, prefix, tell);
    } finally {
      await engine.stop();
    }
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
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
  log: EventLog,
  prefix: string,
  tell: (what: string) => void,
): Promise<Soaked> {
  const ms = options.minutes * 60_000;
  const load = new Load(log, prefix, (ms / 1_000) * options.rate * (1 + burst * burstFactor), options.seed);
  const allowedMs = Math.max(leastRecoveryMs, burst * ms);
  const watch = new Watch(engine, ms / samples, tell);
  await watch.during('warm-up', () => load.run(options.rate, warmUp * ms));
  await watch.during('burst', () => load.run(burstFactor * options.rate, burst * ms));
  const recovery = await caughtUp(engine, load, 2 * allowedMs);
  await watch.during('steady', () => load.run(options.rate, (1 - warmUp - burst) * ms));
  await caughtUp(engine, load, 2 * allowedMs);
  const { events, deadLetters } = await engine.state();

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
    folded: events,
    deadLetters,
    samples: watch.samples,
    burst: { worstLag: Math.max(0, ...inBurst), recoveredMs: recovery, allowedMs },
    judged,
    sound:
      Object.values(judged).every(({ flat }) => flat) &&
      recovery <= allowedMs &&
      events >= load.published &&
      deadLetters === 0,
  };
}

/** How long it took until all that was published is folded and nothing is left; `limit` where that is not reached. ms */
async function caughtUp(engine: SoakedEngine, { published }: Load, limit: number): Promise<number> {
  const began = performance.now();
  const passed = () => Math.round(performance.now() - began);
  // An engine that has not fetched yet knows of no lag.
  for (let done = false; !done && passed() < limit;) {
    const { idle, events, deadLetters } = await engine.state();
    done = idle && events + deadLetters >= published;
    if (!done) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return passed();
}

const pointsOf = (samples: readonly Sample[], figure: 'heap' | 'own' | 'handles') =>
  samples.map((sample) => ({ seconds: sample.seconds, value: sample[figure] }));

/** Samples the engine while something goes on. */
class Watch {
  readonly samples: Sample[] = [];
  readonly #began = performance.now();

  constructor(
    private readonly engine: SoakedEngine,
    private readonly everyMs: number,
    private readonly tell: (what: string) => void,
  ) {}

  get seconds(): number {
    return Math.round((performance.now() - this.#began) / 100) / 10;
  }

  async during(phase: Sample['phase'], work: () => Promise<void>): Promise<void> {
    const ended = work();
    let over = false;
    void ended.finally(() => (over = true)).catch(() => undefined);
    while (!over) {
      const pause = new Promise((resolve) => setTimeout(resolve, this.everyMs));
      await Promise.race([ended, pause]);
      if (over) break;
      const measured = await this.engine.measure();
      this.samples.push({ ...measured, seconds: this.seconds, phase });
      this.tell(
        `${phase}: ${measured.events} events, lag ${measured.lag}, heap ${Math.round(measured.heap / MB)} MB`,
      );
    }
    await ended;
  }
}
