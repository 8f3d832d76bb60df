import { Kafka, logLevel, type Admin } from 'kafkajs';
import { topicName } from '#contracts';
import type { EngineStatus, EventLog, OutboundRecord } from '#pipeline';
import { openKafkaLog } from '#log-kafka';
import { freshName, temporaryFolder, until } from '#testing';
import { recordOf } from '../support/embedded-engine.js';
import { Installation, type Running } from '../support/running-engine.js';
import { profiles, year } from '../support/year.js';

/** Topics, group and store folder of one test on Kafka, with a person's tools beside the engine. */
export interface OnKafka {
  readonly installation: Installation;
  readonly folder: string;
  readonly prefix: string;
  readonly group: string;
  readonly admin: Admin;
  readonly log: EventLog;
  topic(name: string): string;
  /** Publishes under this test's prefix. */
  publish(records: readonly OutboundRecord[]): Promise<void>;
  start(settings?: Readonly<Record<string, string>>): Promise<Running>;
  /** Runs an engine until nothing is left to fold, looks at it, and stops it. */
  catchUp(): Promise<void>;
  catchUp<T>(look: (running: Running) => Promise<T>, settings?: Readonly<Record<string, string>>): Promise<T>;
  close(): Promise<void>;
}

export const PARTITIONS = 2;
const everyone = year(12, 5);

/** The records of twelve customers' year, and of the people, in two parts. */
export const firstHalf = [...profiles(everyone), ...everyone.slice(0, everyone.length / 2)].map(recordOf);
export const secondHalf = everyone.slice(everyone.length / 2).map(recordOf);

export async function onKafka(brokers: string): Promise<OnKafka> {
  const [prefix, group] = [`${freshName('bad-day')}.`, freshName('group')];
  const folder = temporaryFolder('bad-day');
  const installation = new Installation(folder, {
    ...{ KAFKA_BROKERS: brokers, TOPIC_PREFIX: prefix, GROUP_ID: group, PARTITIONS: String(PARTITIONS) },
  });
  const created = await installation.perennial('topics', 'create');
  if (created.code !== 0) throw new Error(created.stderr);
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  const log = await openKafkaLog({ brokers: [brokers], clientId: 'bad-day' });
  await admin.connect();

  const running = new Set<Running>();
  const start = async (settings: Readonly<Record<string, string>> = {}) => {
    const engine = await installation.start(settings);
    const tracked: Running = {
      ...engine,
      stop: async () => void (running.delete(tracked) && (await engine.stop())),
    };
    running.add(tracked);
    return tracked;
  };
  return {
    ...{ installation, folder, prefix, group, admin, log, start },
    topic: (name) => topicName(prefix, name),
    publish: (records) => log.publish(records.map((r) => ({ ...r, topic: topicName(prefix, r.topic) }))),
    catchUp: async (
      look?: (running: Running) => Promise<unknown>,
      settings?: Readonly<Record<string, string>>,
    ) => {
      const running = await start(settings);
      await everythingCommitted(running);
      const seen = await look?.(running);
      await running.stop();
      return seen as never;
    },
    close: async () => {
      for (const engine of running) await engine.stop();
      await Promise.all([admin.disconnect(), log.close()]);
    },
  };
}

/** Nothing left to fold. @throws Error with the tasks' states when that takes too long. */
export async function everythingCommitted({ engine }: Running): Promise<void> {
  const quiet = ({ tasks }: EngineStatus) => tasks.length > 0 && tasks.every((task) => task.quiet);
  await until('everything is committed', 60_000, () => quiet(engine.status())).catch((error: unknown) => {
    throw new Error(JSON.stringify(engine.status()), { cause: error });
  });
}

/** The reasons of the partitions that stopped, once all others have nothing left to do. */
export async function stopped({ engine }: Running): Promise<ReadonlyMap<number, string>> {
  const settled = ({ tasks }: EngineStatus) =>
    tasks.length > 0 &&
    tasks.every(({ state, quiet }) => state === 'stopped' || quiet) &&
    tasks.some(({ state }) => state === 'stopped');
  await until('a partition stops', 30_000, () => settled(engine.status())).catch((error: unknown) => {
    throw new Error(JSON.stringify(engine.status()), { cause: error });
  });
  const { tasks } = engine.status();
  return new Map(
    tasks.flatMap(({ partition, state, reason = '' }) => (state === 'stopped' ? [[partition, reason]] : [])),
  );
}
