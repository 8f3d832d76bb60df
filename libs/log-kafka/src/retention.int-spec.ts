import { describeWith, freshName, kafka } from '#testing';
import { openKafkaLog } from './index.js';

await describeWith({ kafka }, 'the retention of Kafka topics', ({ kafka }) => {
  it('is told by topic, as each was created', async () => {
    const log = await openKafkaLog({ brokers: [kafka.address], clientId: 'retention-spec' });
    try {
      const [kept, cut] = [freshName('kept'), freshName('cut')];
      await log.createTopics([
        { name: kept, partitions: 1, retentionMs: -1 },
        { name: cut, partitions: 1, retentionMs: 3_600_000 },
      ]);
      expect(await log.retention?.([kept, cut])).toEqual({ [kept]: -1, [cut]: 3_600_000 });
    } finally {
      await log.close();
    }
  });
});
