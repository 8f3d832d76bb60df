import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEvent, inputTopics, structuredHeaders, topicName, topicSpecs } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import {
  defaultLimits,
  Engine,
  replayPartition,
  recordsOf,
  systemClock,
  type AtomicCommit,
  type Clock,
  type CustomerStore,
  type EventLog,
  type LogRecord,
  type OutboundRecord,
  type TaskLimits,
} from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { until } from '#testing';

export const partitions = 2;
export const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));

export interface Backends {
  readonly log: EventLog;
  readonly store: CustomerStore;
  /** Absent: the protocol of two databases, with intents and an outbox. */
  readonly atomic?: AtomicCommit | undefined;
}

/** An embedded folder of its own with every topic; removed by `endAll`. */
export async function freshFolder(): Promise<Embedded> {
  const path = await mkdtemp(join(tmpdir(), 'perennial-e2e-'));
  const embedded = await openEmbedded({ path });
  await embedded.log.createTopics(topicSpecs('', partitions));
  running.add(async () => {
    await embedded.close();
    await rm(path, { recursive: true });
  });
  return embedded;
}

const running = new Set<() => Promise<void>>();

/** Ends every engine and folder that a test left; for `afterEach`. */
export async function endAll(): Promise<void> {
  for (const end of [...running].reverse()) await end();
  running.clear();
}

export interface EngineOptions {
  readonly prefix?: string;
  readonly partitions?: number;
  readonly clock?: Clock;
  readonly limits?: Partial<TaskLimits>;
  readonly onFatal?: (error: Error) => void;
}

export function engineOn({ log, store, atomic }: Backends, options: EngineOptions = {}): Engine {
  const prefix = options.prefix ?? '';
  const engine = new Engine({
    log,
    store,
    atomic,
    clock: options.clock ?? systemClock,
    random: Math.random,
    group: 'engines',
    partitions: options.partitions ?? partitions,
    topics: inputTopics.map((topic) => topicName(prefix, topic)),
    prefix,
    lifecycle,
    lifecycleOf: () => Promise.resolve(lifecycle),
    limits: { ...defaultLimits, backfillGraceMs: 300, ...options.limits },
    observe: () => undefined,
    onFatal:
      options.onFatal ??
      ((error) => {
        throw error;
      }),
  });
  running.add(() => engine.stop());
  return engine;
}

/** The system's clock, moved so that it shows `at` now. */
export function clockAt(at: number): Clock {
  const moved = at - Date.now();
  return { ...systemClock, now: () => systemClock.now() + moved };
}

/** A clock that runs `times` as fast, so that back-off after many faults takes a test no longer. */
export function fastClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    after: (ms, callback) => systemClock.after(ms / times, callback),
  };
}

/** Nothing left to fold, no timer due. @throws Error with the tasks' states when that takes too long. */
export async function quiet(engine: Engine): Promise<void> {
  try {
    await until('the engine is quiet', 60_000, () => {
      const { tasks } = engine.status();
      return tasks.length > 0 && tasks.every((task) => task.quiet);
    });
  } catch (error) {
    throw new Error(JSON.stringify(engine.status()), { cause: error });
  }
}

export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly at: number;
  readonly data: unknown;
}

export const topicOf = (type: string): string =>
  /^(order|cart|subscription)/.test(type)
    ? 'purchase.events.v1'
    : /^case/.test(type)
      ? 'support.events.v1'
      : /^(profile|consent)/.test(type)
        ? 'profile.events.v1'
        : 'engagement.events.v1';

export const recordOf = ({ id, type, subject, at, data }: Fact): OutboundRecord => ({
  topic: topicOf(type),
  key: subject,
  value: encodeEvent({
    specversion: '1.0',
    id,
    source: '/test',
    type,
    subject,
    time: new Date(at).toISOString(),
    data,
  }),
  headers: structuredHeaders,
});

/** Everything in a topic, in order of partition and offset. */
export async function readAll(log: EventLog, topic: string): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for (const [partition, { start, end }] of (await log.range(topic)).entries())
    for await (const records of log.read(topic, partition, start, end)) all.push(...records);
  return all;
}

export interface Output {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly from?: string; readonly to?: string; readonly reason?: string };
}

export const outputs = async (log: EventLog, topic: string): Promise<Output[]> =>
  (await readAll(log, topic)).map(({ value }) => JSON.parse(String(value)) as Output);

/** What a replay of the recorded order says that the output topics hold: `topic key value`, sorted. */
export async function replayed(log: EventLog): Promise<string[]> {
  const lines: string[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const options = {
      log,
      prefix: '',
      partition,
      partitions,
      topics: inputTopics,
      lifecycleOf: () => Promise.resolve(lifecycle),
    };
    for await (const { folded } of replayPartition(options)) lines.push(...recordsOf(folded).map(lineOf));
  }
  return lines.filter((line) => /^(lifecycle.transitions|retention.actions)/.test(line)).sort();
}

export const published = async (log: EventLog): Promise<string[]> =>
  [...(await readAll(log, 'lifecycle.transitions.v1')), ...(await readAll(log, 'retention.actions.v1'))]
    .map(lineOf)
    .sort();

const lineOf = ({ topic, key, value }: Pick<OutboundRecord, 'topic' | 'key' | 'value'>) =>
  `${topic} ${String(key)} ${String(value)}`;

/** What depends on the order in which events were folded, not on the set of them. */
const decided = [
  ...['stage', 'health', 'stageSince', 'healthSince', 'daysInStage', 'purchasesSinceHealth'],
  ...['points', 'pointsPending', 'tier', 'punchCards', 'rewards', 'priorityQueue'],
];

/** Every customer's facts by id. */
export const factsOfAll = async (store: CustomerStore) => {
  const all: Record<string, unknown> = {};
  for await (const { id, state } of store.scan()) {
    const facts = Object.entries(lifecycle.factsOf(state, Date.UTC(2030, 0)));
    all[id] = Object.fromEntries(facts.filter(([name]) => !decided.includes(name)));
  }
  return all;
};

/** Every published transition as `subject id`, sorted. */
export const transitionsOf = async (log: EventLog, prefix = '') =>
  (await outputs(log, `${prefix}lifecycle.transitions.v1`)).map((t) => `${t.subject} ${t.id}`).sort();
