import { Kafka, logLevel } from 'kafkajs';
import { topicSpecs } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import { kafka, ownServer, temporaryFolder } from '#testing';
import type { Ground } from './contestants/contestant.js';
import { eventsOf, loadTopics, type Load } from './load/load.js';
import { publishLoad } from './load/publish-load.js';
import type { Place } from './measure/backlog.js';
import { listenerOf } from './measure/proc.js';

export const partitions = 8;

/** A broker with the load in it. */
export interface Arena extends Place {
  readonly eventBytes: number;
  close(): Promise<void>;
}

/** Starts a broker of its own and publishes the load there. `said` hears what is going on. */
export async function openArena(load: Load, said: (line: string) => void): Promise<Arena> {
  said('starting Kafka');
  const server = await ownServer(kafka);
  const brokers = server.address;
  const prefix = 'bench.';
  const admin = new Kafka({ clientId: 'bench', brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const log = await openKafkaLog({ brokers: [brokers], clientId: 'bench' });
  const ground: Ground = { brokers, prefix, admin, log };
  await log.createTopics(topicSpecs(prefix, partitions));
  const { bytes } = await publishLoad(log, eventsOf(load, prefix), (done) => {
    if (done % 100_000 === 0) said(`${done.toLocaleString('en')} events published`);
  });
  return {
    ground,
    inputs: loadTopics.map((topic) => prefix + topic),
    brokerPid: listenerOf(Number(brokers.split(':').at(-1))),
    folder: temporaryFolder('bench'),
    eventBytes: bytes / load.events,
    close: async () => {
      await log.close();
      await admin.disconnect();
      await server.end();
    },
  };
}
