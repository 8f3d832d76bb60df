import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describeInBrowser, temporaryFolder } from '#testing';
import { hostile } from './hostile.given.js';
import { renderReport } from './render-report.js';
import type { Report } from './report.js';
import { specimen } from './specimen.given.js';

interface View {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

await describeInBrowser('a report in a browser', (browser) => {
  /** The report opened from a file, and everything that the browser complained of or asked the world for. */
  async function open(report: Report, { width = 1280, colorScheme = 'light' }: View = {}) {
    const file = join(temporaryFolder('report'), 'report.html');
    writeFileSync(file, renderReport(report));
    const page = await browser().newPage({ viewport: { width, height: 720 }, colorScheme });
    const troubles: string[] = [];
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('request', (request) => troubles.push(request.url()));
    const url = pathToFileURL(file).href;
    await page.goto(url);
    return { page, troubles: () => troubles.filter((trouble) => trouble !== url) };
  }
  const asked = <T>(page: Page, expression: string) => page.evaluate<T>(expression);

  it('opens from a file without a complaint, and asks the network for nothing', async () => {
    for (const report of [specimen, hostile(), hostile([])]) {
      const { page, troubles } = await open(report);
      expect(troubles()).toEqual([]);
      expect(await asked(page, 'window.harmed === undefined')).toBe(true);
      await page.close();
    }
  });

  it('shows the notice and the figures on the first screen', async () => {
    const { page } = await open(specimen);
    const notice = await page.locator('.notice').boundingBox();
    const figures = await page.locator('.figures').boundingBox();
    expect((notice?.y ?? Infinity) + (notice?.height ?? 0)).toBeLessThan(720);
    expect((figures?.y ?? Infinity) + (figures?.height ?? 0)).toBeLessThan(720);
    await page.close();
  });

  it('is never wider than the screen', async () => {
    for (const width of [1280, 400])
      for (const report of [specimen, hostile()]) {
        const { page } = await open(report, { width });
        expect(await asked<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.close();
      }
  });

  it('is dark where the reader wants it dark, pictures and all', async () => {
    const seen = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open(specimen, { colorScheme });
      const colours = await asked<string[]>(
        page,
        "['body', 'svg text', 'svg .fill'].map((s) => { const c = getComputedStyle(document.querySelector(s)); return s === 'body' ? c.backgroundColor : c.fill; })",
      );
      await page.close();
      return colours;
    };
    expect(await seen('light')).toEqual(['rgb(255, 255, 255)', 'rgb(86, 98, 114)', 'rgb(59, 125, 216)']);
    expect(await seen('dark')).toEqual(['rgb(18, 23, 30)', 'rgb(163, 175, 189)', 'rgb(106, 165, 240)']);
  });

  it('draws text inside the picture', async () => {
    const { page } = await open(specimen);
    const outside = await asked<string[]>(
      page,
      `[...document.querySelectorAll('figure svg[role=img]')].flatMap((svg) => { const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter((t) => { const b = t.getBoundingClientRect();
          return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1; }).map((t) => t.textContent); })`,
    );
    expect(outside).toEqual([]);
    await page.close();
  });

  it('tells those who cannot see it what each picture shows', async () => {
    const { page } = await open(specimen);
    const picture = page.getByRole('img', { name: 'Stage on the last day' });
    expect(await picture.count()).toBe(1);
    expect(await page.getByRole('region', { name: 'By kind' }).count()).toBe(1);
    await page.close();
  });

  it('prints light and within the paper, however dark the screen', async () => {
    const { page } = await open(specimen, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await asked(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.setViewportSize({ width: 690, height: 1000 });
    expect(await asked<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(690);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
    expect(pages).toBeGreaterThan(2);
    expect(pages).toBeLessThan(10);
    await page.close();
  });
});
