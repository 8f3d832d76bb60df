import { freshDatabase, mongo, ownServer, type OwnServer } from '#testing';
import { loadTopics } from '../load/load.js';
import { endsOf } from '../measure/group-progress.js';
import type { Contestant, Go } from './contestant.js';
import { runChild } from './run-child.js';
import type { NaiveSettings } from './naive/settings.js';

/**
 * What most teams on Nest build: `ServerKafka` and one mongoose call per message. It takes the last `events` of the load,
 * and its database server runs only meanwhile.
 */
export function naive(events: number, partitions: number): Contestant {
  let server: OwnServer | undefined;
  return {
    name: 'naive',
    start: async (go) => {
      const { id, folder, brokers, prefix, log } = go;
      const [transitions, actions] = [`naive-${id}-transitions`, `naive-${id}-actions`];
      const outputs = [transitions, actions];
      await log.createTopics(outputs.map((name) => ({ name, partitions, retentionMs: -1 })));
      const group = `naive-${id}`;
      const inputs = loadTopics.map((topic) => prefix + topic);
      await skipToLast(events, group, inputs, go);
      server = await ownServer(mongo);
      const url = freshDatabase(server.address);
      const settings: NaiveSettings = { brokers, group, inputs, transitions, actions, mongo: url };
      const script = new URL('./naive/main.child.ts', import.meta.url);
      return { group, outputs, ...runChild(script, settings, folder) };
    },
    cleanUp: async () => {
      await server?.end();
      server = undefined;
    },
  };
}

/** Commits offsets so that about so many events are left, from all partitions alike. */
async function skipToLast(events: number, group: string, inputs: readonly string[], { admin, log }: Go) {
  const ends = await endsOf(admin, inputs);
  const total = [...ends.values()].flat().reduce((sum, end) => sum + end, 0);
  const left = (end: number) => Math.max(0, end - Math.ceil((end * events) / total));
  const count = Math.max(...[...ends.values()].map((offsets) => offsets.length));
  await Promise.all(
    Array.from({ length: count }, async (_, partition) => {
      const session = await log.openSession(group, partition, inputs);
      const offsets = [...ends].map(([topic, of]) => [topic, left(of[partition] ?? 0)] as const);
      await session.commit([], Object.fromEntries(offsets));
      await session.close();
    }),
  );
}
