import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledDefinition, loadDefinition } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { recordingTerminal } from '../../recording-terminal.given.js';
import { run } from '../../run.js';

const retail = bundledDefinition().replace(
  /^programmes:\n( .*\n|\n)+/m,
  'programmes:\n  follow-up: {}\n  win-back: {}\n\n',
);
let folder: string;
beforeEach(() => {
  folder = temporaryFolder('definition');
});

async function definition(...args: readonly string[]) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data') });
  const code = await run(['definition', ...args], terminal, '');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const second = retail.replace('version: 1', 'version: 2').replace(/^cycle: .*$/m, 'cycle: 10');

describe('definition check', () => {
  it('says that a good one is valid and loads in XState as it stands', async () => {
    expect(await definition('check', file('a.yaml', retail))).toEqual({
      code: 0,
      stdout: `${join(folder, 'a.yaml')}: retail@1 is valid, and its machine loads in XState as it stands (and so in Stately's tools).\n`,
      stderr: '',
    });
  });

  it('says every problem of every file at once, with path and what is allowed there, and ends with 1', async () => {
    const bad = file(
      'bad.yaml',
      retail.replace(/^cycle: .*$/m, 'cycle: -1').replace('win-back: {}', 'winback: {}'),
    );
    const { code, stdout } = await definition(
      'check',
      file('a.yaml', retail),
      bad,
      join(folder, 'none.yaml'),
    );
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(1)).toEqual([
      `${bad}: 2 problems`,
      '  cycle: -1 is no length; allowed: days, above 0 and up to 400',
      expect.stringMatching(
        /^ {2}programmes.winback: unknown programme 'winback'; allowed: .*win-back/,
      ) as string,
      `${join(folder, 'none.yaml')}: one problem`,
      expect.stringContaining('there is no such file') as string,
      '',
    ]);
  });

  it('says the same as JSON', async () => {
    const { stdout } = await definition(
      'check',
      file('a.yaml', retail),
      file('b.yaml', 'name: 3'),
      '-o',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject([
      { valid: true, definition: 'retail@1', hash: loadDefinition(retail).hash, problems: [] },
      {
        valid: false,
        problems: expect.arrayContaining([expect.objectContaining({ path: 'name' })]) as unknown,
      },
    ]);
  });

  it('asks for a file', async () => {
    expect(await definition('check')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("missing required argument 'files'") as string,
    });
  });
});

describe('definition diff', () => {
  it('compares a file with the definition in force, in words, and ends with 0 all the same', async () => {
    const { code, stdout } = await definition('diff', file('b.yaml', second));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^retail@1 → retail@2\n~ setting cycle\n {4}before: 8 days\n {4}after: {2}10 days\n/,
    );
    expect(stdout).toContain('~ rule stage.expansion.boughtFaithfully\n');
  });

  it('says that there is no difference', async () => {
    const same = `# another hand\n${retail}`;
    expect(
      await definition('diff', file('a.yaml', retail), file('b.yaml', same), '--exit-code'),
    ).toMatchObject({
      code: 0,
      stdout: 'retail@1 → retail@1: no differences in what they do.\n',
    });
  });

  it('ends with 1 for differences only where asked to', async () => {
    const [a, b] = [file('a.yaml', retail), file('b.yaml', second)];
    expect((await definition('diff', a, b, '--exit-code')).code).toBe(1);
    expect((await definition('diff', a, b)).code).toBe(0);
  });

  it('takes the names of registered definitions, and gives JSON', async () => {
    const { store, close } = await openEmbedded({ path: join(folder, 'data') });
    for (const source of [retail, second]) {
      const { name, version, hash } = loadDefinition(source);
      await store.registerDefinition({ name, version, hash, source });
    }
    await close();
    const { stdout } = await definition('diff', 'retail@2', 'retail@1', '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      before: { definition: 'retail@2' },
      after: { definition: 'retail@1' },
      differences: expect.arrayContaining([
        { area: 'setting', change: 'changed', name: 'cycle', before: '10 days', after: '8 days' },
      ]) as unknown,
    });
  });

  it('says that a name is not registered', async () => {
    expect(await definition('diff', 'retail@9')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'retail@9 is neither registered in the store nor the configured definition\n',
    });
  });
});

describe('definition show', () => {
  it('prints the diagram, the rules in words, timers, programmes and contact policy', async () => {
    const { code, stdout } = await definition('show', file('a.yaml', retail));
    expect(code).toBe(0);
    for (const part of [
      /^retail@1 \(/,
      /```mermaid\nstateDiagram-v2\n[^]*```/,
      /^stage +awareness +expansion +boughtRegularly +Buys in three of five cycles\. +recent rate is at least 0\.6 days per cycle +“Order completed”/m,
      /^lapse +last purchase, and then 2 × the silence that makes overdue, at least 90 and at most 400 days$/m,
      /^programme follow-up$/m,
      /^thanks\.everyDays +30 /m,
      /^off: .*loyalty/m,
      /^caps +at most 1 marketing in any 7 days; at most 3 marketing in any 30 days/m,
    ])
      expect(stdout).toMatch(part);
  });

  it('prints the diagram alone, or all parts as one object', async () => {
    const diagram = await definition('show', file('b.yaml', second), '--output', 'mermaid');
    expect(diagram.stdout).toMatch(/^stateDiagram-v2\n/);
    const whole = JSON.parse((await definition('show', '--output', 'json')).stdout) as Record<
      string,
      unknown
    >;
    expect(whole).toMatchObject({ definition: 'retail@1', mermaid: diagram.stdout });
    expect(Object.keys(whole)).toEqual([
      'definition',
      'hash',
      'settings',
      'states',
      'rules',
      'timers',
      'programmes',
      'contactPolicy',
      'mermaid',
    ]);
  });

  it('says everything that is wrong with a file that is no definition', async () => {
    const { code, stderr } = await definition('show', file('c.yaml', 'name: x'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('c.yaml is refused')]);
  });
});
