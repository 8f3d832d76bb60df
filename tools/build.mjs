/** Builds dist where it is older than the sources. */
import { spawnSync } from 'node:child_process';
import { isStale, markBuilt } from './stale.mjs';

/** `node` is the project's own. Returns the exit code of the first step that failed, or 0. */
export function buildIfStale(root, node) {
  if (!isStale(root)) return 0;
  process.stderr.write('Building …\n');
  const begun = Date.now();
  for (const step of [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    ['tools/copy-assets.mjs'],
  ]) {
    const { status } = spawnSync(node, step, { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) return status ?? 1;
  }
  markBuilt(root, begun);
  return 0;
}
