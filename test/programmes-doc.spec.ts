import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingRows } from '#lifecycle';
import { root } from './support/processes.js';

interface Tool {
  readonly page: string;
  readonly withTables: (text: string, settings: ReturnType<typeof settingRows>) => string;
}

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

  it('states the settings as they are; where they changed, build and run `node tools/programmes-doc.mjs`', () => {
    expect(text).toBe(tool.withTables(text, settingRows()));
  });
});
