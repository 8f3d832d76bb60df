import { Kafka, logLevel } from 'kafkajs';
import { topicSpecs } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import { kafka, ownServer, temporaryFolder } from '#testing';
import type { Ground } from './contestants/contestant.js';
import { backlogOf, loadTopics, type Load } from './load/load.js';
import { publishLoad } from './load/publish-load.js';
import { listenerOf } from './measure/proc.js';

/** Of every topic. */
export const partitions = 8;

/** A Kafka, and what is known of it. */
export interface Arena extends Omit<Ground, 'prefix'> {
  /** The broker's process; undefined where it is none of this machine's. */
  readonly brokerPid: number | undefined;
  /** Each go has a folder of its own in this one. */
  readonly folder: string;
  /** Creates the engine's topics under a prefix. */
  prepare(prefix: string): Promise<Field>;
  close(): Promise<void>;
}

/** Input topics under a prefix. */
export interface Field {
  readonly prefix: string;
  readonly inputs: readonly string[];
}

/** A broker of one's own, or the given one. */
export async function openArena(given?: string): Promise<Arena> {
  const server = given === undefined ? await ownServer(kafka) : undefined;
  const brokers = given ?? server?.address ?? '';
  const admin = new Kafka({ clientId: 'bench', brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const log = await openKafkaLog({ brokers: [brokers], clientId: 'bench' });
  return {
    brokers,
    admin,
    log,
    brokerPid: listenerOf(Number(brokers.split(':').at(-1))),
    folder: temporaryFolder('bench'),
    prepare: async (prefix) => {
      await log.createTopics(topicSpecs(prefix, partitions));
      return { prefix, inputs: loadTopics.map((topic) => prefix + topic) };
    },
    close: async () => {
      await log.close();
      await admin.disconnect();
      await server?.end();
    },
  };
}

/** Publishes the load as a backlog under the prefix. `said` hears what is going on. */
export async function fill(
  arena: Arena,
  prefix: string,
  load: Load,
  said: (line: string) => void,
): Promise<Field & { readonly bytesPerEvent: number }> {
  const field = await arena.prepare(prefix);
  const { bytes } = await publishLoad(arena.log, backlogOf(load, prefix), (done) => {
    if (done % 100_000 === 0) said(`${done.toLocaleString('en')} events published`);
  });
  return { ...field, bytesPerEvent: bytes / load.events };
}
