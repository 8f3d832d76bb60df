import { loadTopics } from '../load/load.js';
import { endsOf } from '../measure/group-progress.js';
import type { Contestant } from './contestant.js';
import { runChild } from './run-child.js';
import type { NaiveSettings } from './naive/settings.js';

/** What most teams on Nest build: `ServerKafka` and one mongoose call per message. It takes the last events of the load. */
export const naive = (mongo: () => Promise<string>, takes: number, partitions: number): Contestant => ({
  name: 'naive Nest',
  takes,
  start: async ({ id, folder, brokers, prefix, log, admin }) => {
    const [transitions, actions] = [`naive-${id}-transitions`, `naive-${id}-actions`];
    const outputs = [transitions, actions];
    await log.createTopics(outputs.map((name) => ({ name, partitions, retentionMs: -1 })));
    const group = `naive-${id}`;
    const inputs = loadTopics.map((topic) => prefix + topic);
    const ends = await endsOf(admin, inputs);
    const total = [...ends.values()].flat().reduce((sum, end) => sum + end, 0);
    for (const [topic, offsets] of ends)
      await admin.setOffsets({
        groupId: group,
        topic,
        partitions: offsets.map((end, partition) => ({
          partition,
          offset: String(Math.max(0, end - Math.ceil((end * takes) / total))),
        })),
      });
    const settings: NaiveSettings = { brokers, group, inputs, transitions, actions, mongo: await mongo() };
    return {
      group,
      outputs,
      ...runChild(new URL('./naive/main.child.ts', import.meta.url), settings, folder),
    };
  },
});
