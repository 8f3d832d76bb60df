/**
 * Entry of the process that keeps one server: node keeper.mjs MODULE FOLDER [RUN_PID].
 * It runs the TypeScript of this folder as it is; only the `.js` suffixes need help.
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
const { keep } = await import('./keep.ts');
const [module, folder, run] = process.argv.slice(2);
await keep(module, folder, run && Number(run));
