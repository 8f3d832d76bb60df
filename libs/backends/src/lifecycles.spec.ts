import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledDefinition } from '#lifecycle';
import { activate, readControls, type CustomerStore } from '#pipeline';
import { openEmbeddedStore } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { codeSecret } from './code-secret.js';
import { openLifecycles } from './lifecycles.js';

describe('an engine that starts', () => {
  const dataDir = temporaryFolder('lifecycles');
  let store: CustomerStore;
  beforeEach(async () => {
    store = await openEmbeddedStore({ path: temporaryFolder('store') });
  });
  afterEach(() => store.close());

  /** Starts with this name and version configured. */
  async function starts(name: string, version: number, change = (source: string) => source) {
    const definition = join(dataDir, `${name}@${version}.yaml`);
    const source = bundledDefinition()
      .replace('name: retail', `name: ${name}`)
      .replace('version: 1', `version: ${version}`);
    await writeFile(definition, change(source));
    const { current, notice } = await openLifecycles({ definition, dataDir }, store);
    return [`${current.definition.name}@${current.definition.version}`, notice?.level];
  }

  it('makes its definition active where none is, and says so once', async () => {
    expect(await starts('retail', 1)).toEqual(['retail@1', 'info']);
    expect(await starts('retail', 1)).toEqual(['retail@1', undefined]);
    expect((await readControls(store)).active).toMatchObject({ name: 'retail', version: 1, by: 'start' });
  });

  it('makes a higher version active, or a name that never was; an older one runs what is active and says so', async () => {
    await starts('retail', 2);
    expect(await starts('retail', 3)).toEqual(['retail@3', 'info']);
    expect(await starts('retail', 2)).toEqual(['retail@3', 'warn']);
    expect(await starts('grocer', 1)).toEqual(['grocer@1', 'info']);
    expect(await starts('retail', 3)).toEqual(['grocer@1', 'warn']);
    expect(await starts('retail', 4)).toEqual(['retail@4', 'info']);
  });

  it('refuses other content under a name and version that the store knows', async () => {
    await starts('retail', 1);
    const other = starts('retail', 1, (source) => source.replace('cycle: 8', 'cycle: 9'));
    await expect(other).rejects.toMatchObject({ code: 'definitionConflict' });
  });

  it('finds by its hash a definition that was activated meanwhile', async () => {
    const path = join(dataDir, 'one.yaml');
    await writeFile(path, bundledDefinition());
    const running = await openLifecycles({ definition: path, dataDir }, store);
    await starts('grocer', 1);
    const { active } = await readControls(store);
    expect((await running.of(active!.hash)).definition).toMatchObject({ name: 'grocer' });
    await expect(running.of('never')).rejects.toThrow(/never active here/);
    await expect(activate(store, running.current.definition, 'spec', 0)).rejects.toThrow(
      /retail@1 cannot become active/,
    );
  });

  it('reads such a definition once, and again only where it could not', async () => {
    const path = join(dataDir, 'one.yaml');
    await writeFile(path, bundledDefinition());
    const { of } = await openLifecycles({ definition: path, dataDir }, store);
    await starts('grocer', 1);
    const { active } = await readControls(store);
    const read = store.definition.bind(store);
    let reads = 0;
    store.definition = (hash) => (++reads === 1 ? Promise.reject(new Error('out of reach')) : read(hash));
    await expect(of(active!.hash)).rejects.toThrow('out of reach');
    expect(await of(active!.hash)).toBe(await of(active!.hash));
    expect(reads).toBe(2);
  });

  it('on a shared store needs CODE_SECRET where coupons are given out, and only there', async () => {
    const config = { dataDir, mongo: { url: 'mongodb://db.invalid' } };
    await expect(openLifecycles(config, store)).rejects.toThrow(
      /CODE_SECRET is missing: under retail@1 the programme \S+ gives out coupons/,
    );
    await expect(openLifecycles({ ...config, codeSecret: 'x'.repeat(32) }, store)).resolves.toBeDefined();
    const definition = join(dataDir, 'quiet.yaml');
    await writeFile(
      definition,
      bundledDefinition()
        .replace('name: retail', 'name: quiet')
        .replace(/^programmes:\n(?: .*\n)*/m, 'programmes: { follow-up: {} }\n'),
    );
    await expect(openLifecycles({ ...config, definition }, store)).resolves.toBeDefined();
  });
});

describe('the secret of coupon codes', () => {
  it('is made once for a data folder, the same for all who ask at once, readable by its owner alone', async () => {
    const dataDir = join(temporaryFolder('secret'), 'not', 'there yet');
    const secrets = await Promise.all(Array.from({ length: 8 }, () => codeSecret({ dataDir })));
    expect(new Set([...secrets, await codeSecret({ dataDir })]).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(dataDir, 'code-secret'))).mode & 0o777).toBe(0o600);
    expect(await codeSecret({ dataDir: temporaryFolder('other') })).not.toBe(secrets[0]);
  });

  it('is CODE_SECRET where that is set, and none on a shared store without it', async () => {
    const dataDir = temporaryFolder('secret');
    expect(await codeSecret({ dataDir, codeSecret: 'given' })).toBe('given');
    expect(await codeSecret({ dataDir, mongo: { url: 'mongodb://db.invalid' } })).toBeUndefined();
  });
});
