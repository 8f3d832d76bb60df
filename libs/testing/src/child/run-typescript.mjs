/**
 * Entry of a process that runs one TypeScript file of this tree as it is: node run-typescript.mjs FILE_URL [ARGS].
 * Only the `.js` suffixes need help.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) =>
    next(
      name.startsWith('.') && name.endsWith('.js') && context.parentURL?.endsWith('.ts')
        ? name.replace(/js$/, 'ts')
        : name,
      context,
    ),
});
const [script] = process.argv.splice(2, 1);
await import(script);
