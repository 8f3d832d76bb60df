import type { Config } from '#config';
import { DefinitionError, loadDefinition, type Definition } from '#lifecycle';
import type { CustomerStore } from '#pipeline';
import { definitionText } from '../definition-text.js';

export const labelOf = ({ name, version }: Pick<Definition, 'name' | 'version'>): string =>
  `${name}@${version}`;

/** Finds a definition by `name@version`: one that an engine registered in the store, else the configured one. */
export type DefinitionBook = (label: string) => Promise<Definition | undefined>;

export function definitionBook(
  config: Pick<Config, 'definition'>,
  store: () => Promise<Pick<CustomerStore, 'definitionNamed'>>,
): DefinitionBook {
  const known = new Map<string, Promise<Definition | undefined>>();
  const find = async (label: string): Promise<Definition | undefined> => {
    const [, name, version] = /^([a-z][a-z0-9-]*)@(\d+)$/.exec(label) ?? [];
    if (name === undefined) return undefined;
    const stored = await (await store()).definitionNamed(name, Number(version));
    if (stored) return readable(stored.source);
    const configured = readable(await definitionText(config));
    return configured && labelOf(configured) === label ? configured : undefined;
  };
  return (label) => {
    const found = known.get(label) ?? find(label);
    known.set(label, found);
    return found;
  };
}

/** A definition of an earlier release may be one that this release refuses. */
function readable(source: string): Definition | undefined {
  try {
    return loadDefinition(source);
  } catch (error) {
    if (error instanceof DefinitionError) return undefined;
    throw error;
  }
}
