import type { Browser } from 'playwright-core';
import { chromiumPath } from './chromium.js';

/**
 * `describe` with a headless Chromium of its own, with a fresh profile. Await it at a spec's top level. Where there is none and
 * none can be installed, all of it is skipped with the reason in its title and on stderr; with `CI` set it fails.
 */
export async function describeInBrowser(
  title: string,
  body: (browser: () => Browser) => void,
): Promise<void> {
  let path: string;
  try {
    path = await chromiumPath();
  } catch (error) {
    process.stderr.write(`\nSKIPPED ${title}: ${String(error)}\n`);
    if (process.env['CI']) it(`${title}: needs a browser`, () => Promise.reject(new Error(String(error))));
    else describe.skip(`${title} (${String(error)})`, () => it.todo('needs a browser'));
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      const { chromium } = await import('playwright-core');
      browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
    }, 60_000);
    afterAll(() => browser?.close());
    body(() => {
      if (browser === undefined) throw new Error('no browser was started');
      return browser;
    });
  });
}
