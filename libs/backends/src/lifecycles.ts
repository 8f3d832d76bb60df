import { readFile } from 'node:fs/promises';
import type { Config } from '#config';
import {
  bundledDefinition,
  couponCodes,
  createLifecycle,
  loadDefinition,
  type CouponCodes,
  type Definition,
  type Lifecycle,
} from '#lifecycle';
import { activateAtStart, type CustomerStore, type Start } from '#pipeline';
import { codeSecret, type SecretSettings } from './code-secret.js';

export interface Lifecycles {
  /** Of the definition in force. */
  readonly current: Lifecycle;
  /** Of a definition that was or becomes active, by content hash. @throws Error when this store never saw it. */
  readonly of: (hash: string) => Promise<Lifecycle>;
  /** For people, where the start changed what is in force, or the configured definition is not what runs. */
  readonly notice?: { readonly level: 'info' | 'warn'; readonly text: string };
}

type Settings = Pick<Config, 'definition'> & SecretSettings;

/**
 * Loads the configured definition, registers it in the store, and makes it active where none is or a lower version was.
 * @throws DefinitionError (every problem at once), StoreError `definitionConflict` (same name and version, other content).
 */
export async function openLifecycles(config: Settings, store: CustomerStore): Promise<Lifecycles> {
  const secret = await codeSecret(config);
  const codes = secret === undefined ? undefined : couponCodes(secret);
  const source =
    config.definition === undefined ? bundledDefinition() : await readFile(config.definition, 'utf8');
  const configured = loadDefinition(source, config.definition);
  await store.registerDefinition({ ...configured, source });
  const start = await activateAtStart(store, configured, Date.now());
  const known = new Map<string, Promise<Lifecycle>>();
  const of = (hash: string) => {
    const loaded = known.get(hash);
    if (loaded) return loaded;
    const found = hash === configured.hash ? Promise.resolve(configured) : fromStore(store, hash);
    const lifecycle = found.then((definition) => ready(definition, codes));
    known.set(hash, lifecycle);
    // What could not be read is asked for again.
    lifecycle.catch(() => known.delete(hash));
    return lifecycle;
  };
  const notice = noticeOf(start, configured);
  return { current: await of(start.active.hash), of, ...(notice && { notice }) };
}

async function fromStore(store: CustomerStore, hash: string): Promise<Definition> {
  const stored = await store.definition(hash);
  if (stored) return loadDefinition(stored.source);
  throw new Error(`the definition with hash ${hash} is not in this store: it was never active here`);
}

/** @throws Error naming CODE_SECRET. */
function ready(definition: Definition, codes: CouponCodes | undefined): Lifecycle {
  if (codes === undefined) requireNoCoupons(definition);
  return createLifecycle(definition, codes);
}

/** @throws Error naming CODE_SECRET and the programme that cannot do without. */
export function requireNoCoupons({ name, version, programmes }: Definition): void {
  const giver = programmes.find(({ programme }) => programme.givesCoupons)?.programme.name;
  if (giver === undefined) return;
  throw new Error(
    `CODE_SECRET is missing: under ${name}@${version} the programme ${giver} gives out coupons, whose codes are made from it. ` +
      'Set it to the same value, of at least 32 characters, for every engine.',
  );
}

const label = ({ name, version }: { readonly name: string; readonly version: number }) =>
  `${name}@${version}`;

function noticeOf({ outcome, active }: Start, configured: Definition): Lifecycles['notice'] {
  switch (outcome) {
    case 'inForce':
      return undefined;
    case 'activated':
      return { level: 'info', text: `${label(configured)} is active from now on` };
    case 'older': {
      const text =
        `${label(configured)} is configured, but ${label(active)} is active and goes on, since definitions only go forward: ` +
        'give yours a higher version and run `perennial definition activate FILE`';
      return { level: 'warn', text };
    }
  }
}
