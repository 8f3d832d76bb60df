import type { AtomicCommit } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { batchOf, documentAfter, group, idOf, inputs, partitions, topics } from './committing.given.js';

const claimed = async ({ log, store }: Embedded, partition: number): Promise<number> => {
  await log.openSession(group, partition, inputs);
  return (await store.claim(partition)).epoch;
};

/** That nothing of the first batch at partition 0 is there, nor of anything else. */
async function untouched({ log, store }: Embedded): Promise<void> {
  expect(await log.groupOffsets(group, inputs)).toEqual({ in: [-1, -1, -1, -1] });
  expect((await log.range('out')).map(({ end }) => end)).toEqual([0, 0, 0, 0]);
  expect((await store.load([0, 1, 2].map((n) => idOf(0, n)))).size).toBe(0);
  expect(await store.due(0, 1e9, 10)).toEqual([]);
  expect((await store.claim(0)).intent).toBeUndefined();
}

describe('an atomic commit', () => {
  let embedded: Embedded;
  let atomic: AtomicCommit;
  beforeEach(async () => {
    embedded = await openEmbedded({ path: temporaryFolder('atomic') });
    ({ atomic } = embedded);
    await embedded.log.createTopics(topics);
  });
  afterEach(() => embedded.close());

  it('writes intent, documents, records and offsets together', async () => {
    const { log, store } = embedded;
    const epoch = await claimed(embedded, 0);
    for (const number of [1, 2, 3]) await atomic.commit({ partition: 0, epoch, ...batchOf(0, number) });
    expect(await log.groupOffsets(group, inputs)).toEqual({ in: [30, -1, -1, -1] });
    expect((await log.range('out'))[0]!.end).toBe(90);
    expect((await store.load([idOf(0, 2)])).get(idOf(0, 2))).toEqual(documentAfter(0, 2, 3));
    expect(await store.claim(0)).toEqual({ epoch: epoch + 1, intent: batchOf(0, 3).intent });
  });

  it('of several tasks at once writes all of them', async () => {
    const one = async (partition: number) => {
      const epoch = await claimed(embedded, partition);
      for (let number = 1; number <= 5; number++)
        await atomic.commit({ partition, epoch, ...batchOf(partition, number) });
    };
    await Promise.all(Array.from({ length: partitions }, (_, partition) => one(partition)));
    expect(await embedded.log.groupOffsets(group, inputs)).toEqual({ in: [50, 50, 50, 50] });
  });

  it('under an overtaken epoch writes nothing', async () => {
    const epoch = await claimed(embedded, 0);
    await embedded.store.claim(0);
    const late = atomic.commit({ partition: 0, epoch, ...batchOf(0, 1) });
    await expect(late).rejects.toMatchObject({ code: 'fenced' });
    await untouched(embedded);
  });

  it('under a session that another client has overtaken writes nothing', async () => {
    const path = temporaryFolder('atomic');
    const [mine, other] = [await openEmbedded({ path }), await openEmbedded({ path })];
    await mine.log.createTopics(topics);
    const epoch = await claimed(mine, 0);
    await other.log.openSession(group, 0, inputs);
    const late = mine.atomic.commit({ partition: 0, epoch, ...batchOf(0, 1) });
    await expect(late).rejects.toMatchObject({ code: 'fenced' });
    await untouched(mine);
    await Promise.all([mine.close(), other.close()]);
  });

  it('with a customer whom a later batch has written writes nothing', async () => {
    const epoch = await claimed(embedded, 0);
    const [later] = batchOf(1, 5).documents;
    await embedded.store.write([later!]);
    const batch = batchOf(0, 1);
    const stale = { ...later!, batch: 1 };
    const late = atomic.commit({ partition: 0, epoch, ...batch, documents: [...batch.documents, stale] });
    await expect(late).rejects.toMatchObject({ code: 'fenced' });
    await untouched(embedded);
  });

  it('with a record that the log does not take writes nothing', async () => {
    const epoch = await claimed(embedded, 0);
    const batch = batchOf(0, 1);
    const odd = [
      [{ topic: 'none', key: 'k', value: 'v' }, 'unknownTopic'],
      [{ topic: 'out', key: 'k', value: 'x'.repeat(2_000_000) }, 'rejected'],
      [{ topic: 'out', partition: 9, key: 'k', value: 'v' }, 'rejected'],
    ] as const;
    for (const [record, code] of odd) {
      const failing = atomic.commit({ partition: 0, epoch, ...batch, records: [...batch.records, record] });
      await expect(failing).rejects.toMatchObject({ code });
    }
    await untouched(embedded);
  });
});
