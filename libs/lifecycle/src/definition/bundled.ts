import { readFileSync } from 'node:fs';

/** The YAML text of the definition that Perennial brings: `retail@1`. */
export const bundledDefinition = (): string =>
  readFileSync(new URL('../../definitions/retail@1.yaml', import.meta.url), 'utf8');
