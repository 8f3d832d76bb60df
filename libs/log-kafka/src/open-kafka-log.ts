import { Kafka } from 'kafkajs';
import type { EventLog, Membership, TaskSession } from '#pipeline';
import { clientConfig } from './client.js';
import { useCodecs } from './codecs/use-codecs.js';
import { findBroker } from './find-broker.js';
import { toLogError } from './kafka-error.js';
import { joinGroup } from './membership.js';
import { PartitionReader } from './partition-reader.js';
import { sendEncoded } from './produce.js';
import { Publisher } from './publisher.js';
import { persistently, readRange } from './read-range.js';
import { stopIdleTimers } from './request-queue.js';
import { retentionOf } from './retention.js';
import { openSession } from './session.js';
import { defaultTiming, type KafkaSettings } from './settings.js';
import { Topics } from './topics.js';

stopIdleTimers();
useCodecs();
sendEncoded();

/**
 * An EventLog on Apache Kafka 4.x.
 * @throws LogError `unreachable`, naming the brokers, when none answers within 5 s.
 */
export async function openKafkaLog(settings: KafkaSettings): Promise<EventLog> {
  const timing = { ...defaultTiming, ...settings.timing };
  const config = clientConfig(settings);
  await findBroker(settings, config, timing.connect);
  const kafka = new Kafka(config);
  const admin = kafka.admin();
  await admin.connect().catch((error: unknown) => {
    throw toLogError(error, 'connecting');
  });
  const topics = new Topics(admin);
  const publisher = new Publisher(kafka, topics);
  const memberships = new Set<Membership>();
  const sessions = new Set<TaskSession>();
  let reader: Promise<PartitionReader> | undefined;
  const reading = () =>
    (reader ??= PartitionReader.connect(kafka).catch((error: unknown) => {
      reader = undefined;
      throw toLogError(error, 'connecting');
    }));

  return {
    createTopics: (specs) => topics.create(specs),
    topics: (names) => topics.list(names),
    retention: (names) => retentionOf(admin, names),
    publish: (records) => publisher.publish(records),
    range: async (topic) => {
      await topics.counts([topic]);
      const connected = await reading();
      return persistently(connected, `reading the range of ${topic}`, () => connected.range(topic));
    },
    groupOffsets: (group, names) => topics.groupOffsets(group, names),
    read: async function* (topic, partition, from, to) {
      await topics.counts([topic]);
      yield* readRange(await reading(), topic, partition, from, to);
    },
    join: async (join) => {
      const membership = await joinGroup({ kafka, topics, timing, join });
      memberships.add(membership);
      return membership;
    },
    openSession: async (group, partition, inputs) => {
      const transactionTimeout = timing.transaction;
      const ended = (each: TaskSession) => sessions.delete(each);
      const session = await openSession({
        kafka,
        topics,
        group,
        partition,
        inputs,
        transactionTimeout,
        ended,
      });
      sessions.add(session);
      return session;
    },
    close: async () => {
      await Promise.all([...memberships].map((each) => each.leave()));
      await Promise.all([...sessions].map((each) => each.close()));
      await publisher.close();
      await reader?.then((each) => each.close()).catch(() => undefined);
      await admin.disconnect();
    },
  };
}
