import { loadTopics } from '../load/load.js';
import type { OutputShape } from '../measure/output-shape.js';
import type { CeilingSettings } from './ceiling.child.js';
import type { Contestant } from './contestant.js';
import { runChild } from './run-child.js';

/**
 * What kafkajs can do at most: `eachBatch` and `JSON.parse`, and as many records of as many bytes as `shape` says, in
 * transactions of as many events.
 */
export const ceiling = (shape: () => OutputShape, partitions: number): Contestant => ({
  name: 'ceiling',
  start: async ({ id, folder, brokers, prefix, log }) => {
    const output = `ceiling-${id}`;
    const group = `ceiling-${id}`;
    await log.createTopics([{ name: output, partitions, retentionMs: -1 }]);
    const inputs = loadTopics.map((topic) => prefix + topic);
    const settings: CeilingSettings = { brokers, group, inputs, output, shape: shape() };
    const script = new URL('./ceiling.child.ts', import.meta.url);
    return { group, outputs: [output], ...runChild(script, settings, folder) };
  },
});
