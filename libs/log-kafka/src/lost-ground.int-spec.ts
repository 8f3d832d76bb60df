import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { EventLog, Membership } from '#pipeline';
import { describeWith, freshName, kafka, until } from '#testing';
import { openKafkaLog } from './index.js';

await describeWith({ kafka }, 'a membership that cannot go on says so', ({ kafka }) => {
  let log: EventLog;
  let admin: Admin;
  let topic: string;
  let group: string;
  let membership: Membership | undefined;

  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'lost-ground-spec' });
    admin = new Kafka({ brokers: [kafka.address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });
  beforeEach(async () => {
    [topic, group] = [freshName('topic'), freshName('group')];
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
  });
  afterEach(() => membership?.leave());
  afterAll(async () => {
    await admin.disconnect();
    await log.close();
  });

  const failureOfJoining = async () => {
    const failures: Error[] = [];
    membership = await log.join({
      group,
      topics: [topic],
      open: () => ({ push: async () => undefined, stop: async () => undefined }),
      onFailure: (error) => failures.push(error),
    });
    await until('a failure', 30_000, () => failures.length > 0);
    return failures;
  };
  const commit = async (offset: number) => {
    const session = await log.openSession(group, 0, [topic]);
    await session.commit([], { [topic]: offset });
    await session.close();
  };

  it('when records were deleted before they were read, and its position stays', async () => {
    await log.publish(['a', 'b', 'c'].map((value) => ({ topic, partition: 0, key: null, value })));
    await commit(1);
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    await expect(failureOfJoining()).resolves.toEqual([
      expect.objectContaining({
        code: 'storage',
        message: expect.stringContaining(`position in ${topic}[0], 1, is outside of the log`) as string,
      }),
    ]);
    await expect(log.groupOffsets(group, [topic])).resolves.toEqual({ [topic]: [1] });
  }, 120_000);

  it('when its position lies beyond the end, as after a topic was made anew', async () => {
    await commit(5);
    await expect(failureOfJoining()).resolves.toEqual([expect.objectContaining({ code: 'storage' })]);
  }, 120_000);

  it('of one partition alone to its task, where that can hear it, and goes on with the others', async () => {
    const wide = freshName('topic');
    await log.createTopics([{ name: wide, partitions: 2, retentionMs: -1 }]);
    const session = await log.openSession(group, 0, [wide]);
    await session.commit([], { [wide]: 5 });
    await session.close();
    const told: string[] = [];
    membership = await log.join({
      group,
      topics: [wide],
      open: (partition) => ({
        push: async ({ records }) => void told.push(...records.map(({ value }) => `${partition}: ${value}`)),
        interrupt: ({ code, retriable }) => void told.push(`${partition}: ${code}, ${retriable}`),
        stop: async () => undefined,
      }),
      onFailure: (error) => void told.push(error.message),
    });
    await log.publish([{ topic: wide, partition: 1, key: null, value: 'sound' }]);
    await until('both were heard', 30_000, () => told.length >= 2);
    expect(told.sort()).toEqual(['0: storage, false', '1: sound']);
  }, 120_000);

  it('is told which topic was deleted', async () => {
    await commit(0);
    await admin.deleteTopics({ topics: [topic] });
    await until('it is gone', 30_000, async () => (await log.topics([topic])).length === 0);
    await expect(log.groupOffsets(group, [topic])).rejects.toMatchObject({
      code: 'unknownTopic',
      message: `Kafka has no topic named ${topic}`,
    });
  }, 120_000);

  it('when partitions were added to its topics, naming both counts', async () => {
    const brisk = await openKafkaLog({
      brokers: [kafka.address],
      clientId: 'lost-ground-spec',
      timing: { metadata: 500, heartbeat: 200 },
    });
    const failures: Error[] = [];
    await brisk.join({
      group,
      topics: [topic],
      open: () => ({ push: async () => undefined, stop: async () => undefined }),
      onFailure: (error) => failures.push(error),
    });
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await until('a failure', 60_000, () => failures.length > 0);
    await brisk.close();
    expect(failures).toEqual([
      expect.objectContaining({
        code: 'partitions',
        message: expect.stringMatching(/had 1 partitions each, and now have 3/) as string,
      }),
    ]);
  }, 120_000);
});
