import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import type { Arena } from '../arena.js';
import type { Contestant } from '../contestants/contestant.js';
import { liveOf } from '../load/load.js';
import { publishEvenly } from '../load/publish-evenly.js';
import { quantile } from '../rounds.js';
import { assigned } from './group-progress.js';
import { go } from './go.js';

/** From an event being due until a reader of committed records holds what came of it, ms. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Records seen. */
  readonly samples: number;
}

/** How long the load goes on before it counts, and then, ms. */
const WARM_UP_MS = 10_000;
const MEASURED_MS = 15_000;
/** How long after the last event what it brought is still waited for, ms. */
const AFTER_MS = 3_000;

/** Publishes live events at an even rate (events/s) and watches what the contestant makes of them. */
export async function latencyAt(
  rate: number,
  contestant: Contestant,
  id: string,
  arena: Arena,
): Promise<Latency> {
  const field = await arena.prepare(`${id}.`);
  return go(contestant, id, arena, field, async ({ outputs }) => {
    const due: number[] = [];
    const waits: number[] = [];
    const begun = performance.now();
    const isMeasured = (at: number) => at >= begun + WARM_UP_MS && at < begun + WARM_UP_MS + MEASURED_MS;
    const watcher = await watch(arena, outputs, (event, now) => {
      const at = due[event];
      if (at !== undefined && isMeasured(at)) waits.push(now - at);
    });
    try {
      const load = { events: Infinity, customers: 50_000, shape: 'even', seed: 7 } as const;
      const pace = { perSecond: rate, ms: WARM_UP_MS + MEASURED_MS };
      await publishEvenly(arena.log, liveOf(load, field.prefix), pace, (event, at) => (due[event] = at));
      await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
    } finally {
      await watcher.disconnect();
    }
    waits.sort((a, b) => a - b);
    return {
      p50: quantile(waits, 0.5),
      p99: quantile(waits, 0.99),
      max: waits.at(-1) ?? 0,
      samples: waits.length,
    };
  });
}

/** Tells the latest live event that each committed record names, as it arrives. */
async function watch(
  { brokers, admin }: Arena,
  topics: readonly string[],
  seen: (event: number, now: number) => void,
): Promise<Consumer> {
  const kafka = new Kafka({ clientId: 'watcher', brokers: [brokers], logLevel: logLevel.NOTHING });
  const groupId = `watcher-${randomUUID()}`;
  const watcher = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  await watcher.connect();
  await watcher.subscribe({ topics: [...topics], fromBeginning: true });
  await watcher.run({
    eachBatch: async ({ batch }) => {
      const now = performance.now();
      for (const { key, value } of batch.messages) {
        const named = `${key?.toString('latin1')} ${value?.toString('latin1')}`.matchAll(/live-(\d+)/g);
        const latest = Math.max(...[...named].map(([, number]) => Number(number)));
        if (latest >= 0) seen(latest, now);
      }
    },
  });
  await assigned(admin, groupId);
  return watcher;
}
