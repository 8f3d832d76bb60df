/** Whether dist is older than the sources. Looks at times only, so that an unchanged start costs nothing. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';

const stamp = (root) => `${root}dist/.built`;
const sources = ['apps', 'libs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
const isSource = (name) => /\.(ts|yaml|html|json)$/.test(name) && !/-?spec\.ts$/.test(name);

export function isStale(root) {
  const built = statSync(stamp(root), { throwIfNoEntry: false });
  return built === undefined || sources.some((path) => newest(root + path) > built.mtimeMs);
}

/** Notes a whole build of the sources as they were at `begun` (ms). */
export function markBuilt(root, begun) {
  mkdirSync(`${root}dist`, { recursive: true });
  writeFileSync(stamp(root), '');
  utimesSync(stamp(root), begun / 1_000, begun / 1_000);
}

function newest(path) {
  const { mtimeMs, isDirectory } = describe(path);
  if (!isDirectory) return mtimeMs;
  let latest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || !(entry.isDirectory() || isSource(entry.name))) continue;
    latest = Math.max(latest, newest(`${path}/${entry.name}`));
  }
  return latest;
}

function describe(path) {
  const stats = statSync(path);
  return { mtimeMs: stats.mtimeMs, isDirectory: stats.isDirectory() };
}
