/**
 * Commits batches at four partitions at once, publishes, and keeps records, until it is killed. What is acknowledged
 * goes to stdout, a line each: `batch PARTITION NUMBER`, `published N`, `recorded N`. Argument: the folder.
 */
import { writeSync } from 'node:fs';
import { openEmbedded } from '#store-embedded';
import { batchOf, group, inputs, partitions, topics } from './committing.given.js';

const [path = ''] = process.argv.slice(2);
await new Promise((resolve) => process.once('message', resolve));
const { log, store, atomic } = await openEmbedded({ path, engine: true });
await log.createTopics(topics);

async function commitForEver(partition: number): Promise<never> {
  await log.openSession(group, partition, inputs);
  const { epoch, intent } = await store.claim(partition);
  for (let number = (intent?.number ?? 0) + 1; ; number++) {
    await atomic.commit({ partition, epoch, ...batchOf(partition, number) });
    writeSync(1, `batch ${partition} ${number}\n`);
  }
}

async function publishForEver(): Promise<never> {
  const [{ end } = { end: 0 }] = await log.range('published');
  for (let n = end; ; n++) {
    await log.publish([{ topic: 'published', partition: 0, key: 'k', value: String(n) }]);
    writeSync(1, `published ${n}\n`);
    await store.records<number>('kept').put(`key ${n}`, n);
    writeSync(1, `recorded ${n}\n`);
  }
}

await Promise.all([
  publishForEver(),
  ...Array.from({ length: partitions }, (_, partition) => commitForEver(partition)),
]);
