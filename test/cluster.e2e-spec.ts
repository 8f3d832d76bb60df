import { inputTopics, outputTopics, topicName } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { openKafkaLog } from '#log-kafka';
import { consoleConsume, describeWith, freshDatabase, freshName, kafka, mongo, until } from '#testing';
import { openMongoStore } from '#store-mongo';
import { committedBy, hasCaughtUp } from './support/group-standing.js';
import { asFacts, fromFacts, households } from './support/households.js';
import { perennial, startEngineProcess, type RunningProcess } from './support/processes.js';

const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const MINUTE = 60_000;

await describeWith({ kafka, mongo }, 'a cluster on Kafka and MongoDB', (use) => {
  it(
    'applies the whole carried year once, through a member that leaves and one that joins',
    async () => {
      const prefix = `${freshName('cluster')}.`;
      const group = freshName('engines');
      const url = freshDatabase(use.mongo.address);
      const env = {
        KAFKA_BROKERS: use.kafka.address,
        MONGO_URL: url,
        TOPIC_PREFIX: prefix,
        GROUP_ID: group,
        CODE_SECRET: 'only for this spec, and not a secret',
      };
      expect(await perennial(['topics', 'create'], env)).toMatchObject({ code: 0 });

      const engines: RunningProcess[] = [await startEngineProcess(env), await startEngineProcess(env)];
      const log = await openKafkaLog({ brokers: [use.kafka.address], clientId: 'test' });
      const store = await openMongoStore({ url });
      try {
        const importing = perennial(
          ['import', 'complete-journey', 'test/fixtures/complete-journey', '--assume-consent'],
          env,
        );
        const topics = inputTopics.map((topic) => topicName(prefix, topic));
        await until(
          'a third of the events is committed',
          3 * MINUTE,
          async () => (await committedBy(log, group, topics)) > 12_000,
        );
        expect(await engines[0]?.stop()).toBe(0);
        engines.push(await startEngineProcess(env));
        expect(await importing).toMatchObject({ code: 0 });

        await until('everything is committed', 6 * MINUTE, () => hasCaughtUp(log, group, topics));

        const expected = households();
        const found = new Map<string, unknown>();
        for await (const { id, state } of store.scan())
          found.set(id, fromFacts(lifecycle.factsOf(state, Date.UTC(2018, 0, 2))));
        for (const [id, household] of expected) expect([id, found.get(id)]).toEqual([id, asFacts(household)]);
        expect([...found.keys()].filter((id) => !expected.has(id))).toEqual([]);
      } finally {
        await Promise.all(engines.map((engine) => engine.stop()));
        await log.close();
        await store.close();
      }

      const verified = await perennial(['replay', '--verify', '--output', 'json'], env);
      expect([verified.code, verified.stderr]).toEqual([0, expect.any(String)]);

      for (const topic of outputTopics) {
        const ids = (await consoleConsume(use.kafka.address, topicName(prefix, topic))).map(
          ({ value }) => (JSON.parse(String(value)) as { id: string }).id,
        );
        expect(new Set(ids).size).toBe(ids.length);
        if (topic === 'lifecycle.transitions.v1') expect(ids.length).toBeGreaterThan(414);
      }
    },
    15 * MINUTE,
  );
});
