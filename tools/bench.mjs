/** `npm run bench:NAME -- OPTIONS` builds what is stale and runs test/bench/NAME.ts, on the project's own Node. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...options] = process.argv.slice(2);
const failed = buildIfStale(root, process.execPath);
if (failed) process.exit(failed);
const { status } = spawnSync(process.execPath, [`${root}dist/test/bench/${name}.js`, ...options], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
