import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../folder/temporary-folder.js';
import { chromiumPath } from './chromium.js';

describe('where the browser is', () => {
  it('is what CHROMIUM names', async () => {
    expect(await chromiumPath({ CHROMIUM: '/opt/browser', PATH: '' })).toBe('/opt/browser');
  });

  it('is the first one on the PATH that may be run', async () => {
    const folder = temporaryFolder('browser-');
    const file = join(folder, 'google-chrome');
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    expect(await chromiumPath({ PATH: folder })).toBe(file);
  });

  it('is refused, saying what to do, where there is none and none can be installed', async () => {
    await expect(chromiumPath({ PATH: '/nowhere' })).rejects.toThrow(/CHROMIUM/);
  });
});
