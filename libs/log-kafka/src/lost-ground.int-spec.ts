import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { EventLog, Membership } from '#pipeline';
import { consoleProduce, describeWith, freshName, kafka, until } from '#testing';
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
    await until('a failure', 10_000, () => failures.length > 0);
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
        message: expect.stringContaining(`position in ${topic}[0] is outside of the log`) as string,
      }),
    ]);
    await expect(log.groupOffsets(group, [topic])).resolves.toEqual({ [topic]: [1] });
  });

  it('when its position lies beyond the end, as after a topic was made anew', async () => {
    await commit(5);
    await expect(failureOfJoining()).resolves.toEqual([expect.objectContaining({ code: 'storage' })]);
  });

  it('when a record is compressed in a way that it cannot read', async () => {
    await consoleProduce(kafka.address, topic, ['squeezed'], 'lz4');
    await expect(failureOfJoining()).resolves.toEqual([
      expect.objectContaining({ message: expect.stringContaining('LZ4') as string }),
    ]);
  });
});
