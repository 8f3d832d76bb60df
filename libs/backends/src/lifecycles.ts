import { readFile } from 'node:fs/promises';
import type { Config } from '#config';
import { bundledDefinition, createLifecycle, loadDefinition, type Lifecycle } from '#lifecycle';
import type { CustomerStore } from '#pipeline';

export interface Lifecycles {
  /** Of the definition that the configuration names. */
  readonly current: Lifecycle;
  /** Of a definition that was active before, by content hash. @throws Error when this store never saw it. */
  readonly of: (hash: string) => Promise<Lifecycle>;
}

/**
 * Loads the configured definition and registers it in the store.
 * @throws DefinitionError (every problem at once), StoreError `definitionConflict` (same name and version, other content).
 */
export async function openLifecycles(
  config: Pick<Config, 'definition'>,
  store: CustomerStore,
): Promise<Lifecycles> {
  const source =
    config.definition === undefined ? bundledDefinition() : await readFile(config.definition, 'utf8');
  const current = createLifecycle(loadDefinition(source, config.definition));
  await store.registerDefinition({ ...current.definition, source });
  const known = new Map([[current.definition.hash, Promise.resolve(current)]]);
  const of = (hash: string) => {
    const lifecycle = known.get(hash) ?? fromStore(store, hash);
    known.set(hash, lifecycle);
    return lifecycle;
  };
  return { current, of };
}

async function fromStore(store: CustomerStore, hash: string): Promise<Lifecycle> {
  const stored = await store.definition(hash);
  if (!stored)
    throw new Error(`the definition with hash ${hash} is not in this store: it was never active here`);
  return createLifecycle(loadDefinition(stored.source));
}
