import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from './install-once.js';

const before = process.env['XDG_CACHE_HOME'];
let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'perennial-cache-'));
  process.env['XDG_CACHE_HOME'] = cache;
});
afterEach(() => rmSync(cache, { recursive: true }));
afterAll(() => {
  if (before === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = before;
});

describe('installing once', () => {
  it('gives both of two that install at the same time the same whole folder', async () => {
    const write = async (folder: string) => writeFileSync(join(folder, 'part'), 'whole');
    const [one, other] = await Promise.all([installOnce('thing', write), installOnce('thing', write)]);
    expect(one).toBe(other);
    expect(readdirSync(one)).toEqual(['part']);
  });

  it('leaves nothing behind when it fails, and tries again the next time', async () => {
    const fails = installOnce('thing', () => Promise.reject(new Error('no network')));
    await expect(fails).rejects.toThrow('no network');
    const home = await installOnce('thing', async () => undefined);
    expect(readdirSync(join(home, '..'))).toEqual(['thing']);
  });

  it('does not install what is there', async () => {
    await installOnce('thing', async () => undefined);
    await installOnce('thing', () => Promise.reject(new Error('not again')));
  });
});
