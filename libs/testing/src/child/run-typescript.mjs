/**
 * Entry of a process that runs one TypeScript file of this tree as it is: node run-typescript.mjs FILE_URL [ARGS].
 * Only the `.js` suffixes need help, and files with decorators, which Node does not read.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const configFile = fileURLToPath(new URL('../../../../.swcrc', import.meta.url));

registerHooks({
  resolve: (name, context, next) =>
    next(
      name.startsWith('.') && name.endsWith('.js') && context.parentURL?.endsWith('.ts')
        ? name.replace(/js$/, 'ts')
        : name,
      context,
    ),
  load: (url, context, next) => {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const text = readFileSync(filename, 'utf8');
    if (!/^\s*@[A-Z]\w*[(<]/m.test(text)) return next(url, context);
    const { code } = transformSync(text, { configFile, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
const [script] = process.argv.splice(2, 1);
await import(script);
