import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingTerminal } from './recording-terminal.given.js';
import { run } from './run.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function perennial(
  args: readonly string[],
  input: string | Buffer = '',
  env: Record<string, string> = {},
) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data'), ...env }, input);
  const code = await run(args, terminal, '9.9.9');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const visit = (id: string, more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/shop',
    type: 'page.visited.v1',
    subject: 'c-1',
    time: '2026-03-01T10:00:00Z',
    data: { page: '/bread' },
    ...more,
  });

describe('the command line', () => {
  it('prints help and version on stdout, and ends with 0', async () => {
    const help = await perennial(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/publish <file>[\s\S]*Exit codes: 0 done; 1 .*; 2 /);
    expect(await perennial(['--version'])).toEqual({ code: 0, stdout: '9.9.9\n', stderr: '' });
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['publish'], "missing required argument 'file'"],
    [['show', 'c-1', '--output', 'xml'], 'Allowed choices are table, json, ndjson'],
    [['replay', '--until', 'soon'], 'expected a date'],
    [['import', 'cdnow', 'x', '--shift-to', 'soon'], "expected 'now' or a date"],
    [['dlq', 'accept'], 'or give --all'],
  ])('ends %j with 2 and says what is allowed', async (args, message) => {
    const { code, stdout, stderr } = await perennial(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('ends with 2 on bad settings, naming all of them', async () => {
    const { code, stderr } = await perennial(['topics', 'list'], '', { PORT: 'x', PARTITIONS: '0' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/PARTITIONS: .*\n\s*PORT: /);
  });

  it('says in one line that a file is not there', async () => {
    const { code, stderr } = await perennial(['publish', join(folder, 'none.ndjson')]);
    expect([code, stderr]).toEqual([1, `${join(folder, 'none.ndjson')}: there is no such file or folder\n`]);
  });

  it('lists every topic with its partitions', async () => {
    const { code, stdout } = await perennial(['topics', 'list', '--output', 'json'], '', {
      PARTITIONS: '2',
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual({
      topic: 'purchase.events.v1',
      role: 'input',
      partitions: 2,
      offsets: 0,
    });
  });
});

describe('publish', () => {
  const records = async () => {
    const { stdout } = await perennial(['topics', 'list', '--output', 'json']);
    const topics = JSON.parse(stdout) as { topic: string; offsets: number }[];
    return topics.reduce((sum, topic) => sum + topic.offsets, 0);
  };

  it('publishes every good line of stdin, names the bad ones with field and what is allowed, and ends with 1', async () => {
    const lines = [
      visit('1'),
      'not json',
      '',
      visit('2', { data: {} }),
      visit('3', { time: '2026-03-01T10:00:00' }),
      visit('4', { type: 'page.visited.v7' }),
      visit('5', { subject: undefined }),
      visit('6', { type: 'timer.due.v1', data: { name: 'x', due: '2026-03-01T10:00:00Z' } }),
      visit('7'),
    ];
    const { code, stdout, stderr } = await perennial(['publish', '-'], lines.join('\n'));
    expect([code, stdout]).toEqual([1, '']);
    const said = stderr.trimEnd().split('\n');
    expect(said.slice(0, -1).map((line) => line.slice(0, 7))).toEqual(
      [2, 4, 5, 6, 7, 8].map((n) => `line ${n}:`),
    );
    expect(said[1]).toContain('page');
    expect(said[3]).toContain('allowed: page.visited.v1');
    expect(said.at(-1)).toMatch(/^Published 2 events in [\d.]+ s \([\d,]+ events\/s\); 6 lines rejected\.$/);
    expect(await records()).toBe(2);
  });

  it('ends with 0 where every line is good', async () => {
    const file = join(folder, 'events.ndjson');
    await writeFile(file, `${visit('1')}\n${visit('2')}\n`);
    expect((await perennial(['publish', file])).code).toBe(0);
    expect(await records()).toBe(2);
  });
});
