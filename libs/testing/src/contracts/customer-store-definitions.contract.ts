import type { StoredDefinition } from '#pipeline';
import type { StoreBench } from './store-bench.js';

/** Registered definitions. */
export function definitionRules({ store, another, reopen }: StoreBench): void {
  const definition = (hash: string, version = 1): StoredDefinition => ({
    name: 'retail',
    version,
    hash,
    source: `name: retail # ${hash} ünd\nkeys: {a.b: $c}\n`,
  });

  describe('a definition', () => {
    it('is found by its hash once registered, also after a restart', async () => {
      expect(await store().definition('h1')).toBeUndefined();
      await store().registerDefinition(definition('h1'));
      const again = await reopen();
      expect(await again.definition('h1')).toEqual(definition('h1'));
      expect(await again.definition('h2')).toBeUndefined();
    });

    it('is found by its name and version', async () => {
      await store().registerDefinition(definition('h1'));
      await store().registerDefinition(definition('h2', 2));
      const again = await reopen();
      expect(await again.definitionNamed('retail', 1)).toEqual(definition('h1'));
      expect(await again.definitionNamed('retail', 2)).toEqual(definition('h2', 2));
      expect(await again.definitionNamed('retail', 3)).toBeUndefined();
      expect(await again.definitionNamed('grocer', 1)).toBeUndefined();
    });

    it('may be registered again, by several at once too', async () => {
      const clients = [store(), await another()];
      await Promise.all(
        [...clients, ...clients].map((client) => client.registerDefinition(definition('h1'))),
      );
      expect(await store().definition('h1')).toEqual(definition('h1'));
    });

    it('cannot take a version that other content holds', async () => {
      await store().registerDefinition(definition('h1'));
      const other = (await another()).registerDefinition(definition('h2'));
      await expect(other).rejects.toMatchObject({ code: 'definitionConflict', retriable: false });
      await expect(other).rejects.toThrow(/retail@1/);
      expect(await store().definition('h2')).toBeUndefined();
      await store().registerDefinition(definition('h2', 2));
      expect(await store().definition('h2')).toEqual(definition('h2', 2));
    });
  });
}
