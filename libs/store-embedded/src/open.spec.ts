import { openEmbedded, openEmbeddedStore } from '#store-embedded';
import { temporaryFolder } from '#testing';

describe('an embedded folder', () => {
  it('that a second engine opens is refused in the words of the store', async () => {
    const path = temporaryFolder('open');
    const first = await openEmbedded({ path, engine: true });
    for (const open of [openEmbedded, openEmbeddedStore]) {
      const second = open({ path, engine: true });
      await expect(second).rejects.toMatchObject({ name: 'StoreError', code: 'storage', retriable: false });
      await expect(second).rejects.toThrow(/in use by another engine/);
    }
    await first.close();
  });

  it('is read and written without the engine lock while an engine runs', async () => {
    const path = temporaryFolder('open');
    const engine = await openEmbedded({ path, engine: true });
    const beside = await openEmbedded({ path });
    await engine.log.createTopics([{ name: 'in', partitions: 1, retentionMs: -1 }]);
    await beside.log.publish([{ topic: 'in', key: 'k', value: 'v' }]);
    expect(await engine.log.range('in')).toEqual([{ start: 0, end: 1 }]);
    await engine.store.records('kept').put('key', 1);
    expect(await beside.store.records('kept').get('key')).toBe(1);
    await engine.close();
    expect(await beside.store.records('kept').get('key')).toBe(1);
    await beside.close();
  });
});
