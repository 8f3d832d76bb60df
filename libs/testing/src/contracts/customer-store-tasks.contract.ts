import { intent, type StoreBench } from './store-bench.js';

/** Tasks' epochs and intents. */
export function taskRules({ store, another, reopen }: StoreBench): void {
  describe('a claim', () => {
    it('raises the epoch by one, from 1 on, for each partition alone', async () => {
      expect(await store().claim(0)).toEqual({ epoch: 1 });
      expect(await store().claim(0)).toEqual({ epoch: 2 });
      expect(await store().claim(5)).toEqual({ epoch: 1 });
    });

    it('returns the intent of the earlier owner', async () => {
      const { epoch } = await store().claim(0);
      expect(await store().writeIntent(0, epoch, intent(1))).toBe(true);
      expect(await store().writeIntent(0, epoch, intent(2))).toBe(true);
      expect(await (await another()).claim(0)).toEqual({ epoch: 2, intent: intent(2) });
      expect(await store().claim(1)).toEqual({ epoch: 1 });
    });

    it('keeps intents whose topics have dots and dollars in their names', async () => {
      const odd = { ...intent(1), from: { 'a.b.$c': 0, $d: 1, '': 2 }, to: { 'a.b.$c': 3, $d: 1, '': 2 } };
      const { epoch } = await store().claim(0);
      await store().writeIntent(0, epoch, odd);
      expect((await store().claim(0)).intent).toEqual(odd);
    });

    it('by several at once gives each its own epoch', async () => {
      const clients = [store(), await another(), await another()];
      const claims = await Promise.all(
        Array.from({ length: 9 }, (_, n) => clients[n % clients.length]!.claim(3)),
      );
      expect(claims.map(({ epoch }) => epoch).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
  });

  describe('an intent', () => {
    it('of an overtaken epoch, or of one never given, is refused and changes nothing', async () => {
      const { epoch } = await store().claim(0);
      await store().writeIntent(0, epoch, intent(1));
      await (await another()).claim(0);
      expect(await store().writeIntent(0, epoch, intent(2))).toBe(false);
      expect(await store().writeIntent(0, epoch + 9, intent(2))).toBe(false);
      expect(await store().writeIntent(4, 1, intent(2))).toBe(false);
      expect(await store().claim(0)).toEqual({ epoch: 3, intent: intent(1) });
      expect(await store().claim(4)).toEqual({ epoch: 1 });
    });

    it('survives a restart', async () => {
      const { epoch } = await store().claim(0);
      await store().writeIntent(0, epoch, intent(1));
      const again = await reopen();
      expect(await again.writeIntent(0, epoch, intent(2))).toBe(true);
      expect(await again.claim(0)).toEqual({ epoch: 2, intent: intent(2) });
    });
  });
}
