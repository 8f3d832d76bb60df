import type { CustomerDocument, Fetched, Intent } from '#pipeline';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder, until } from '#testing';

const folder = () => temporaryFolder('embedded');
const spec = (name: string) => ({ name, partitions: 2, retentionMs: -1 });
const intent: Intent = {
  group: 'g',
  number: 1,
  from: { in: 0 },
  to: { in: 1 },
  watermark: 0,
  now: 0,
  definition: 'hash',
  rules: 1,
};
const document = (id: string, batch: number): CustomerDocument => ({
  id,
  partition: 0,
  batch,
  outputs: [],
  state: { id, definition: 'd@1', stage: 'exploration', health: 'well', timers: [{ name: 't', due: 5 }] },
});

describe('log and store over one folder', () => {
  it('commits intent, documents, records and offsets together', async () => {
    const path = folder();
    const { log, store, atomic, close } = await openEmbedded({ path, engine: true });
    await log.createTopics([spec('in'), spec('out')]);
    await log.publish([{ topic: 'in', partition: 0, key: 'a', value: 'x' }]);
    await log.openSession('g', 0, ['in']);
    const { epoch } = await store.claim(0);
    const records = [{ topic: 'out', partition: 0, key: 'a', value: 'y' }];
    await atomic.commit({ partition: 0, epoch, intent, documents: [document('a', 1)], records });
    await close();

    const again = await openEmbedded({ path });
    expect(await again.log.groupOffsets('g', ['in'])).toEqual({ in: [1, -1] });
    expect((await again.log.range('out'))[0]).toEqual({ start: 0, end: 1 });
    expect((await again.store.load(['a'])).get('a')).toEqual(document('a', 1));
    expect(await again.store.due(0, 5, 10)).toEqual([{ customer: 'a', name: 't', due: 5 }]);
    expect(await again.store.claim(0)).toEqual({ epoch: 2, intent });
    await again.close();
  });

  it('refuses a batch of an earlier epoch whole', async () => {
    const { log, store, atomic, close } = await openEmbedded({ path: folder() });
    await log.createTopics([spec('in'), spec('out')]);
    const { epoch } = await store.claim(0);
    await store.claim(0);
    const records = [{ topic: 'out', partition: 0, key: 'a', value: 'y' }];
    const late = atomic.commit({ partition: 0, epoch, intent, documents: [document('a', 1)], records });
    await expect(late).rejects.toMatchObject({ code: 'fenced' });
    expect((await log.range('out'))[0]?.end).toBe(0);
    expect((await store.load(['a'])).size).toBe(0);
    await close();
  });

  it('hands records to a group as they come', async () => {
    const { log, close } = await openEmbedded({ path: folder() });
    await log.createTopics([spec('in')]);
    const seen: Fetched[] = [];
    await log.join({
      group: 'g',
      topics: ['in'],
      open: () => ({ push: async (fetched) => void seen.push(fetched), stop: async () => {} }),
      onFailure: (error) => {
        throw error;
      },
    });
    await log.publish([{ topic: 'in', key: 'a', value: 'x' }]);
    await until('the record', 2000, () => seen.some((fetched) => fetched.records.length > 0));
    expect(seen.filter((fetched) => fetched.records.length === 0)).toHaveLength(2);
    await close();
  });
});
