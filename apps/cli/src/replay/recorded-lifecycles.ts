import type { Config } from '#config';
import { createLifecycle, loadDefinition, type CouponCodes, type Lifecycle } from '#lifecycle';
import type { CustomerStore } from '#pipeline';
import { definitionText } from '../definition-text.js';
import { Failure } from '../failure.js';

/**
 * Finds a definition by content hash: in the store, where every engine registers the one it runs on, else the
 * configured one. Registers nothing. @throws Failure
 */
export function recordedLifecycles(
  config: Pick<Config, 'definition'>,
  store: CustomerStore,
  codes: CouponCodes | undefined,
): (hash: string) => Promise<Lifecycle> {
  const known = new Map<string, Promise<Lifecycle>>();
  const find = async (hash: string) => {
    const stored = await store.definition(hash);
    if (stored !== undefined) return createLifecycle(loadDefinition(stored.source), codes);
    const configured = createLifecycle(loadDefinition(await definitionText(config)), codes);
    if (configured.definition.hash === hash) return configured;
    throw new Failure(
      `The log was written under a definition (${hash.slice(0, 12)}…) that this store does not hold; ` +
        'name its file in DEFINITION, or use the store of the engine that wrote it.',
    );
  };
  return (hash) => {
    const lifecycle = known.get(hash) ?? find(hash);
    known.set(hash, lifecycle);
    return lifecycle;
  };
}
