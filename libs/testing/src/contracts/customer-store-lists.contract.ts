import { document, oddKeys, type StoreBench } from './store-bench.js';

/** The customers of one partition, page by page. */
export function listRules({ store, another, reopen }: StoreBench): void {
  async function paged(partition: number, limit: number): Promise<string[]> {
    const found: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await store().customers(partition, after, limit);
      expect(page.length).toBeLessThanOrEqual(limit);
      found.push(...page);
      if (page.length < limit) return found;
      after = page.at(-1);
    }
  }

  describe('the customers of a partition', () => {
    it('come page by page, each once, without those of other partitions', async () => {
      const documents = Array.from({ length: 45 }, (_, n) => document(`c-${n}`, 1, { partition: n % 2 }));
      await store().write(documents);
      const even = documents.filter(({ partition }) => partition === 0).map(({ id }) => id);
      for (const limit of [1, 7, 23, 100]) {
        const found = await paged(0, limit);
        expect(found).toHaveLength(even.length);
        expect(new Set(found)).toEqual(new Set(even));
      }
      expect(await paged(2, 10)).toEqual([]);
    });

    it('go on after the last one seen, also after a restart and where that one is gone', async () => {
      await store().write(['a', 'b', 'c', 'd'].map((id) => document(id, 1)));
      const [first, second, ...rest] = await paged(0, 10);
      await store().write([document(second!, 2, { state: { erased: 0 } })]);
      const again = await reopen();
      expect(await again.customers(0, second, 10)).toEqual(rest);
      expect(await again.customers(0, first, 10)).toEqual(rest);
    });

    it('are without erased ones, however often the tombstone is written', async () => {
      await store().write([document('ann', 1), document('bob', 1)]);
      await (await another()).write([document('ann', 2, { state: { erased: 0 } })]);
      await store().write([document('ann', 3, { state: { erased: 1 } }), document('bob', 3)]);
      expect(await paged(0, 10)).toEqual(['bob']);
    });

    it('may have any id, and follow a customer to another partition', async () => {
      await store().write(oddKeys.map((id) => document(id, 1)));
      for (const limit of [1, 100]) expect(new Set(await paged(0, limit))).toEqual(new Set(oddKeys));
      await store().write([document(oddKeys[0], 2, { partition: 1 })]);
      expect(await paged(1, 10)).toEqual([oddKeys[0]]);
      expect(await paged(0, 100)).toHaveLength(oddKeys.length - 1);
    });
  });
}
