import { topicSpecs } from '#contracts';
import { describeWith, freshName, kafka, temporaryFolder } from '#testing';
import { factsOfAll } from '../support/embedded-engine.js';
import { firstHalf, onKafka, PARTITIONS, secondHalf, type OnKafka } from './kafka-installation.given.js';

const MINUTE = 60_000;

await describeWith({ kafka }, 'partitions added to topics', (use) => {
  let here: OnKafka;
  beforeEach(async () => {
    here = await onKafka(use.kafka.address);
    await here.publish(firstHalf);
  }, MINUTE);
  afterEach(() => here.close());

  const raise = (topics: readonly string[], count: number) =>
    here.admin.createPartitions({ topicPartitions: topics.map((topic) => ({ topic, count })) });

  it(
    'to all: the engine refuses to start, naming both counts, and a new group on an empty store folds everything again',
    async () => {
      await here.catchUp();
      const all = topicSpecs(here.prefix, PARTITIONS).map(({ name }) => name);
      await raise(all, 3);
      await here.publish(secondHalf);
      await expect(here.start()).rejects.toThrow(
        /began with 2 partitions of each topic, and now there are 3: .* empty store under a new GROUP_ID/,
      );

      const again = { GROUP_ID: freshName('group'), PERENNIAL_DATA: temporaryFolder('again') };
      const facts = await here.catchUp(({ backends }) => factsOfAll(backends.store), again);
      const whole = await onKafka(use.kafka.address);
      await whole.publish([...firstHalf, ...secondHalf]);
      expect(facts).toEqual(await whole.catchUp(({ backends }) => factsOfAll(backends.store)));
      await whole.close();
    },
    3 * MINUTE,
  );

  it(
    'to one: the engine refuses to start, naming every count',
    async () => {
      await raise([here.topic('purchase.events.v1')], 3);
      await expect(here.start()).rejects.toThrow(
        /needs the same partition count, found .*purchase\.events\.v1: 3.*support\.events\.v1: 2.*TOPIC_PREFIX/,
      );
    },
    MINUTE,
  );
});
