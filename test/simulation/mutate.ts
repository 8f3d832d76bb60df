import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './mutations.js';

/** From now on the file is loaded with the mutation in it. @throws Error where its text is not there. */
export function mutate({ file, from, to }: Mutation): void {
  const url = new URL(`../../${file}`, import.meta.url).href;
  const source = readFileSync(fileURLToPath(url), 'utf8');
  if (!source.includes(from)) throw new Error(`${file} no longer has: ${from}`);
  registerHooks({
    load: (loaded, context, next) =>
      loaded === url
        ? { format: 'module-typescript', source: source.replace(from, () => to), shortCircuit: true }
        : next(loaded, context),
  });
}
