import type { Config } from '#config';
import {
  createLifecycle,
  loadDefinition,
  type CouponCodes,
  type Definition,
  type Lifecycle,
} from '#lifecycle';
import type { CustomerStore } from '#pipeline';
import { definitionText } from '../definition-text.js';
import { Failure } from '../failure.js';

/**
 * Finds a definition by content hash: in the store, where every engine registers the one it runs on, else the
 * configured one. Loads each once, and registers nothing. @throws Failure
 */
export function recordedDefinitions(
  config: Pick<Config, 'definition'>,
  store: CustomerStore,
): (hash: string) => Promise<Definition> {
  return remembered(async (hash) => {
    const stored = await store.definition(hash);
    if (stored !== undefined) return loadDefinition(stored.source);
    const configured = loadDefinition(await definitionText(config));
    if (configured.hash === hash) return configured;
    throw new Failure(
      `The log was written under a definition (${hash.slice(0, 12)}…) that this store does not hold; ` +
        'name its file in DEFINITION, or use the store of the engine that wrote it.',
    );
  });
}

/** The rules of such definitions, with these coupon codes. */
export function recordedLifecycles(
  definitionOf: (hash: string) => Promise<Definition>,
  codes: CouponCodes | undefined,
): (hash: string) => Promise<Lifecycle> {
  return remembered(async (hash) => createLifecycle(await definitionOf(hash), codes));
}

function remembered<Value>(find: (hash: string) => Promise<Value>): (hash: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (hash) => {
    const value = known.get(hash) ?? find(hash);
    known.set(hash, value);
    return value;
  };
}
