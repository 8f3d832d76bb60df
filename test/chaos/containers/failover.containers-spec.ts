import { describeWith, kafka, own } from '#testing';
import type { Form } from '../forms.js';
import { run } from '../run.js';
import { startReplicaSet } from './replica-set.js';

const form: Form = {
  mode: 'cluster',
  engines: 2,
  partitions: 4,
  events: 20_000,
  customers: 500,
  recipe: { 'store killed': { times: 5, ms: 0 }, 'engine killed': { times: 2, ms: 0 } },
};

/** `npm run test:containers`: not part of the suite, since it needs a Docker engine. */
await describeWith({ kafka: own(kafka) }, 'a replica set whose primary is killed', (servers) => {
  it('loses nothing, doubles nothing and keeps the order', async () => {
    const mongo = await startReplicaSet();
    try {
      const tell = (what: string) => void process.stderr.write(`${what}\n`);
      const { verdict, recoveries } = await run(form, 1, { kafka: servers.kafka, mongo }, tell);
      const { lost, duplicated, outOfOrder, wrong } = verdict;
      expect({ lost, duplicated, outOfOrder, wrong }).toEqual({
        ...{ lost: [], duplicated: [], outOfOrder: [], wrong: [] },
      });
      expect(recoveries).toHaveLength(7);
    } finally {
      await mongo.end();
    }
  }, 1_200_000);
});
