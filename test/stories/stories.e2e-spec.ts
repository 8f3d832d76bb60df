import { openKafkaLog } from '#log-kafka';
import { openMongoStore } from '#store-mongo';
import { describeWith, freshDatabase, freshName, kafka, mongo } from '#testing';
import { throughEngine } from './stories.given.js';
import { stories } from './story.js';

await describeWith({ kafka, mongo }, 'all stories together, through Kafka and MongoDB', (use) => {
  it('end as they are told', async () => {
    const log = await openKafkaLog({ brokers: [use.kafka.address], clientId: 'stories' });
    const store = await openMongoStore({ url: freshDatabase(use.mongo.address) });
    try {
      const outcomes = await throughEngine({ log, store, prefix: `${freshName('stories')}.`, partitions: 2 });
      for (const story of stories)
        expect([story.title, outcomes.get(story.title)]).toEqual([story.title, story.outcome]);
    } finally {
      await log.close();
      await store.close();
    }
  }, 900_000);
});
