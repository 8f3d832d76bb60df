import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../services/install-once.js';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Path of a Chromium: `CHROMIUM`, else one on the PATH, else Debian's, which is installed where this process is root and apt-get
 * is there. @throws Error saying what to do
 */
export async function chromiumPath(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['CHROMIUM']) return env['CHROMIUM'];
  const found = onPath(env, names);
  if (found !== undefined) return found;
  const aptGet = onPath(env, ['apt-get']);
  if (aptGet === undefined || process.getuid?.() !== 0)
    throw new Error(
      'no Chromium on the PATH: install one (Debian: apt-get install chromium), or name it in CHROMIUM',
    );
  await run(aptGet, ['update', '-qq']);
  await run(aptGet, [
    ...['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
    ...['chromium', 'fonts-dejavu-core'],
  ]);
  const installed = onPath(env, names);
  if (installed === undefined) throw new Error('apt-get install chromium brought no Chromium');
  return installed;
}

function onPath(env: NodeJS.ProcessEnv, wanted: readonly string[]): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const files = wanted.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
