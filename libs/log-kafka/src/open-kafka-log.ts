import { LogError, type EventLog, type Membership, type TaskSession } from '#pipeline';
import { createClient } from './client.js';
import { within } from './deadline.js';
import { innermost, toLogError } from './kafka-error.js';
import { joinGroup } from './membership.js';
import { PartitionReader } from './partition-reader.js';
import { Publisher } from './publisher.js';
import { persistently, readRange } from './read-range.js';
import { openSession } from './session.js';
import { defaultTiming, type KafkaSettings } from './settings.js';
import { Topics } from './topics.js';

/**
 * An EventLog on Apache Kafka 4.x.
 * @throws LogError `unreachable`, naming the brokers, when none answers within 5 s.
 */
export async function openKafkaLog(settings: KafkaSettings): Promise<EventLog> {
  const timing = { ...defaultTiming, ...settings.timing };
  const kafka = createClient(settings);
  const admin = kafka.admin();
  try {
    const answer = admin.connect().then(() => admin.describeCluster());
    await within(timing.connect, 'looking for a broker', answer);
  } catch (error) {
    void admin.disconnect().catch(() => undefined);
    throw unreachable(settings, error);
  }
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

function unreachable({ brokers, sasl, tls }: KafkaSettings, error: unknown): LogError {
  const { name, message } = innermost(error);
  const how = [tls && 'TLS', sasl && `SASL ${sasl.mechanism} as ${sasl.username}`]
    .filter(Boolean)
    .join(' and ');
  return new LogError(
    'unreachable',
    `no Kafka broker answers at ${brokers.join(', ')}${how && ` with ${how}`}: ${message}`,
    { cause: error, retriable: name !== 'KafkaJSSASLAuthenticationError' },
  );
}
