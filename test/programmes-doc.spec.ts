import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#apps/cli';
import { settingRows } from '#lifecycle';
import { root } from './support/processes.js';
import { recordingTerminal } from './support/recording-terminal.js';

interface Tool {
  readonly page: string;
  readonly withTables: (text: string, settings: ReturnType<typeof settingRows>) => string;
  readonly reportsIn: (text: string) => readonly string[];
  readonly withReports: (text: string, printed: ReadonlyMap<string, string>) => string;
}

async function report(args: string): Promise<string> {
  const terminal = recordingTerminal({}, '');
  expect(await run(['report', ...args.split(' ')], terminal, '')).toBe(0);
  return terminal.stdout();
}

/** Where it is out of step: `npm run build && node tools/programmes-doc.mjs`. */
describe('docs/programmes.md', () => {
  let text: string;
  let tool: Tool;
  beforeAll(async () => {
    tool = (await import(join(root, 'tools/programmes-doc.mjs'))) as Tool;
    text = readFileSync(tool.page, 'utf8');
  });

  it('has a section with the settings of every programme, and of the contact policy', () => {
    const named = [...text.matchAll(/<!-- settings (\S+) -->/g)].map(([, name]) => name);
    expect(named.sort()).toEqual([...settingRows().keys()].sort());
  });

  it('states the settings as they are', () => {
    expect(text).toBe(tool.withTables(text, settingRows()));
  });

  it('shows the reports as they are printed', async () => {
    const printed = new Map<string, string>();
    for (const args of tool.reportsIn(text)) printed.set(args, await report(args));
    expect(printed.size).toBeGreaterThan(1);
    expect(text).toBe(tool.withReports(text, printed));
  }, 300_000);
});
