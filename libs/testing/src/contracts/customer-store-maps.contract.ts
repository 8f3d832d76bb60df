import { all, oddKeys, type StoreBench } from './store-bench.js';

/** Named maps for subscribers' own records. */
export function mapRules({ store, another, reopen }: StoreBench): void {
  describe('a record map', () => {
    it('keeps, replaces and deletes values under their key', async () => {
      const map = store().records<{ sent: number }>('ledger');
      expect(await map.get('a')).toBeUndefined();
      await map.put('a', { sent: 1 });
      await map.put('a', { sent: 2 });
      expect(await map.get('a')).toEqual({ sent: 2 });
      await map.delete('a');
      await map.delete('never there');
      expect(await map.get('a')).toBeUndefined();
    });

    it('is durable and shared by its name, apart from maps of other names', async () => {
      await store().records<string>('one').put('key', 'of one');
      await (await another()).records<string>('two').put('key', 'of two');
      await store().records<string>('one.two').put('key', 'of one.two');
      const again = await reopen();
      expect(await again.records('one').get('key')).toBe('of one');
      expect(await again.records('two').get('key')).toBe('of two');
      expect(await all(again.records('one').entries())).toEqual([['key', 'of one']]);
      expect(await all(again.records('three').entries())).toEqual([]);
    });

    it('takes any key and any plain value', async () => {
      const map = store().records<unknown>('odd');
      const values = ['text', 0, -1.5, true, null, [], {}, [1, [2]], { 'a.b': { $c: 1 }, '': 'empty key' }];
      await Promise.all(oddKeys.map((key, at) => map.put(key, values[at % values.length])));
      for (const [at, key] of oddKeys.entries())
        expect(await map.get(key)).toEqual(values[at % values.length]);
      const entries = await all(map.entries());
      expect(entries.map(([key]) => key).sort()).toEqual([...oddKeys].sort());
    });

    it('lists every entry once', async () => {
      const map = store().records<number>('many');
      await Promise.all(Array.from({ length: 450 }, (_, n) => map.put(`key-${n}`, n)));
      const entries = await all(map.entries());
      expect(entries.map(([, value]) => value).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 450 }, (_, n) => n),
      );
    });

    it('updates a value in one step: of several at once none is lost', async () => {
      const clients = [store(), await another(), await another()];
      const maps = clients.map((client) => client.records<readonly number[]>('updated'));
      const added = Array.from({ length: 12 }, (_, n) => n);
      const results = await Promise.all(
        added.map((n) => maps[n % maps.length]!.update('list', (known = []) => [...known, n])),
      );
      const list = await maps[0]!.get('list');
      expect([...list!].sort((a, b) => a - b)).toEqual(added);
      expect(results.map(({ length }) => length).sort((a, b) => a - b)).toEqual(added.map((n) => n + 1));
    });

    it('keeps a value when its update throws, and throws the same', async () => {
      const map = store().records<number>('updated');
      await map.put('n', 1);
      const refused = new Error('no more');
      const refusing = () => {
        throw refused;
      };
      await expect(map.update('n', refusing)).rejects.toBe(refused);
      await expect(map.update('none', refusing)).rejects.toBe(refused);
      expect([await map.get('n'), await map.get('none')]).toEqual([1, undefined]);
      expect(await map.update('n', (known) => (known ?? 0) + 1)).toBe(2);
    });

    it('returns copies', async () => {
      const map = store().records<{ tags: string[] }>('copies');
      const given = { tags: ['a'] };
      await map.put('key', given);
      given.tags.push('b');
      (await map.get('key'))!.tags.push('c');
      expect(await map.get('key')).toEqual({ tags: ['a'] });
    });
  });
}
