import { document, type StoreBench } from './store-bench.js';

/** The index of due timers. */
export function timerRules({ store, another }: StoreBench): void {
  const timers = (...due: (readonly [string, number])[]) => ({
    state: { timers: due.map(([name, at]) => ({ name, due: at })) },
  });

  describe('due timers', () => {
    it('come earliest first, up to the time and the number asked for, of one partition only', async () => {
      await store().write([
        document('late', 1, timers(['x', 30])),
        document('early', 1, timers(['x', 10])),
        document('next', 1, timers(['x', 20])),
        document('never', 1),
        document('elsewhere', 1, { partition: 1, ...timers(['x', 5]) }),
      ]);
      const customers = async (upTo: number, limit: number) =>
        (await store().due(0, upTo, limit)).map(({ customer }) => customer);
      expect(await customers(30, 10)).toEqual(['early', 'next', 'late']);
      expect(await customers(29, 10)).toEqual(['early', 'next']);
      expect(await customers(30, 1)).toEqual(['early']);
      expect(await customers(9, 10)).toEqual([]);
      expect(await store().due(1, 100, 10)).toEqual([{ customer: 'elsewhere', name: 'x', due: 5 }]);
      expect(await store().due(2, 100, 10)).toEqual([]);
    });

    it('are one for each customer: its next', async () => {
      await store().write([document('ann', 1, timers(['first', 10], ['second', 20]))]);
      expect(await store().due(0, 100, 10)).toEqual([{ customer: 'ann', name: 'first', due: 10 }]);
    });

    it('move with the state: changed, cleared, set again, moved to another partition', async () => {
      const due = () => store().due(0, 1_000, 10);
      await store().write([document('ann', 1, timers(['a', 10]))]);
      await store().write([document('ann', 2, timers(['b', 500]))]);
      expect(await due()).toEqual([{ customer: 'ann', name: 'b', due: 500 }]);
      await (await another()).write([document('ann', 3)]);
      expect(await due()).toEqual([]);
      await store().write([document('ann', 4, timers(['c', 500]))]);
      await store().write([document('ann', 5, timers(['d', 500]))]);
      expect(await due()).toEqual([{ customer: 'ann', name: 'd', due: 500 }]);
      await store().write([document('ann', 6, { partition: 7, ...timers(['d', 500]) })]);
      expect(await due()).toEqual([]);
      expect(await store().due(7, 1_000, 10)).toEqual([{ customer: 'ann', name: 'd', due: 500 }]);
    });

    it('of the same instant all come', async () => {
      await store().write(Array.from({ length: 50 }, (_, n) => document(`c${n}`, 1, timers(['x', 7]))));
      expect(await store().due(0, 7, 100)).toHaveLength(50);
    });

    it('order by time over the whole range of times', async () => {
      const times = [-86_400_000, 0, 1, 999_999_999_999, 1_700_000_000_000, 4_102_444_800_000];
      await store().write(times.map((due, n) => document(`c${times.length - n}`, 1, timers(['x', due]))));
      expect((await store().due(0, 4_102_444_800_000, 100)).map(({ due }) => due)).toEqual(times);
    });
  });
}
