import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homePartition } from '#contracts';
import { bundledDefinition } from '#lifecycle';
import { describeWith, freshDatabase, freshName, kafka, mongo, temporaryFolder, until } from '#testing';
import { outputs, readAll, recordOf } from './support/embedded-engine.js';
import { atRest, Installation, type Running } from './support/running-engine.js';
import { DAY, START, year } from './support/year.js';

const MINUTE = 60_000;

await describeWith({ kafka, mongo }, 'operators’ controls on Kafka and MongoDB', (use) => {
  it(
    'are one for all engines, and a replay over brakes and activation in the middle gives the same',
    async () => {
      const prefix = `${freshName('controls')}.`;
      const installation = new Installation(temporaryFolder('controls'), {
        KAFKA_BROKERS: use.kafka.address,
        MONGO_URL: freshDatabase(use.mongo.address),
        TOPIC_PREFIX: prefix,
        GROUP_ID: freshName('engines'),
        CODE_SECRET: 'only for this spec, and not a secret',
      });
      const facts = year(20, 5);
      const cut = facts.findIndex((fact) => fact.at > START + 250 * DAY);
      const records = (from: number, to: number) =>
        facts.slice(from, to).map((fact) => {
          const record = recordOf(fact);
          return { ...record, topic: prefix + record.topic, partition: homePartition(fact.subject, 2) };
        });
      const two = join(installation.folder, 'two.yaml');
      await writeFile(
        two,
        bundledDefinition().replace('version: 1', 'version: 2').replace('cycle: 8', 'cycle: 12'),
      );

      expect((await installation.perennial('topics', 'create')).code).toBe(0);
      const engines: Running[] = [await installation.start(), await installation.start()];
      try {
        const { log, store } = engines[0]!.backends;
        await log.publish(records(0, cut));
        const resting = () => Promise.all(engines.map((engine) => atRest(engine)));
        const folded = async () => (await readAll(log, `${prefix}lifecycle.order.v1`)).length;
        await until('they are at work', MINUTE, async () => (await folded()) > 1);
        await installation.perennial('pause', 'all');
        await resting();
        expect(await installation.perennial('definition', 'activate', two)).toMatchObject({
          code: 0,
          stderr: expect.stringMatching(/20 customers told\./) as string,
        });
        await installation.perennial('resume', 'all');
        await log.publish(records(cut, facts.length));
        await resting();
        for await (const { state } of store.scan()) expect(state.definition).toBe('retail@2');
        const changes = (await outputs(log, `${prefix}lifecycle.transitions.v1`)).filter(
          ({ type }) => type === 'definition.changed.v1',
        );
        expect(new Set(changes.map(({ subject }) => subject)).size).toBe(20);
        expect(changes).toHaveLength(20);
      } finally {
        for (const engine of engines) await engine.stop();
      }
      expect(await installation.perennial('replay', '--verify')).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/Verified: all [\d,]+ outputs/) as string,
      });
    },
    6 * MINUTE,
  );
});
