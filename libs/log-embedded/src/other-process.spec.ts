import type { Fetched, PartitionTask } from '#pipeline';
import { openEmbeddedLog } from '#log-embedded';
import { forkTypeScript, killHard, messageOf, temporaryFolder, until } from '#testing';

describe('beside a running engine', () => {
  it('another process publishes, and the engine’s tasks get it without being told', async () => {
    const path = temporaryFolder('log');
    const log = await openEmbeddedLog({ path, engine: true });
    await log.createTopics([{ name: 'in', partitions: 1, retentionMs: -1 }]);
    const seen: Fetched[] = [];
    const task: PartitionTask = { push: async (fetched) => void seen.push(fetched), stop: async () => {} };
    const failures: Error[] = [];
    await log.join({ group: 'g', topics: ['in'], open: () => task, onFailure: (e) => failures.push(e) });

    const child = forkTypeScript(new URL('./publishing.child.ts', import.meta.url), path, 'in');
    await messageOf(child);
    for (let n = 0; n < 5; n++) {
      const published = messageOf(child);
      child.send(`value ${n}`);
      await Promise.all([
        published,
        log.publish([{ topic: 'in', partition: 0, key: 'k', value: `own ${n}` }]),
      ]);
    }
    const records = () => seen.flatMap((fetched) => fetched.records);
    await until('all records', 5_000, () => records().length === 10);
    expect(records().map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(records().filter(({ value }) => value?.toString().startsWith('value'))).toHaveLength(5);
    expect(failures).toEqual([]);
    await killHard(child);
    await log.close();
  });
});
