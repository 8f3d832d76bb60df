import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadDefinition, type Definition } from '#lifecycle';
import type { Context } from '../../context.js';
import { definitionInForce } from '../../control/in-force.js';
import { definitionText } from '../../definition-text.js';
import { Failure } from '../../failure.js';
import { definitionBook } from '../definition-book.js';

/**
 * A definition by `name@version` as an engine registered it, or by its file; without a name the one in force. @throws Failure, DefinitionError
 */
export async function namedDefinition(
  name: string | undefined,
  { config, backends }: Pick<Context, 'config' | 'backends'>,
): Promise<Definition> {
  if (name === undefined)
    return storeMayExist(config)
      ? definitionInForce(config, (await backends()).store)
      : loadDefinition(await definitionText(config), config.definition);
  if (!/^[a-z][a-z0-9-]*@\d+$/.test(name)) return loadDefinition(await readFile(name, 'utf8'), name);
  const found = await definitionBook(config, async () => (await backends()).store)(name);
  if (!found) throw new Failure(`${name} is neither registered in the store nor the configured definition`);
  return found;
}

/** An embedded folder that is not there yet holds no definition, and looking for one would create it. */
const storeMayExist = ({ kafka, dataDir }: Context['config']) => kafka !== undefined || existsSync(dataDir);
