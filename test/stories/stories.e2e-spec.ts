import { run } from '#apps/cli';
import { openKafkaLog } from '#log-kafka';
import { openMongoStore } from '#store-mongo';
import { describeWith, freshDatabase, freshName, kafka, mongo } from '#testing';
import { recordingTerminal } from '../support/recording-terminal.js';
import { throughEngine, type Published } from './stories.given.js';
import { stories } from './story.js';

await describeWith({ kafka, mongo }, 'all stories together, through Kafka and MongoDB', (use) => {
  const prefix = `${freshName('stories')}.`;
  const brokers = use.kafka.address;
  const url = freshDatabase(use.mongo.address);
  let published: Published;

  beforeAll(async () => {
    const log = await openKafkaLog({ brokers: [brokers], clientId: 'stories' });
    const store = await openMongoStore({ url });
    try {
      published = await throughEngine({ log, store, prefix, partitions: 2 });
    } finally {
      await log.close();
      await store.close();
    }
  }, 900_000);

  it.each(stories.map((story) => [story.title, story] as const))('%s', (title, story) => {
    expect(published.outcomes.get(title)).toEqual(story.outcome);
  });

  it('are counted by perennial report, and bring nobody over the caps', async () => {
    const terminal = recordingTerminal({ KAFKA_BROKERS: brokers, MONGO_URL: url, TOPIC_PREFIX: prefix }, '');
    expect(await run(['report', '--output', 'json'], terminal, '')).toBe(0);
    const { programmes, caps } = JSON.parse(terminal.stdout()) as Report;
    expect(programmes.reduce((sum, row) => sum + row.requested + row.suppressed, 0)).toBe(published.actions);
    expect(caps.flatMap(({ over }) => over)).toEqual([]);
  });
});

interface Report {
  readonly programmes: readonly { readonly requested: number; readonly suppressed: number }[];
  readonly caps: readonly { readonly over: readonly string[] }[];
}
