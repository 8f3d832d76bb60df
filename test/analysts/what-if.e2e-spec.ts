import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#apps/cli';
import { bundledDefinition } from '#lifecycle';
import { temporaryFolder } from '#testing';
import { root } from '../support/processes.js';
import { recordingTerminal } from '../support/recording-terminal.js';
import { pageFile } from './page.js';

const lessOften = /(rule: boughtLess)/;

it('the worked what-if of docs/analysts.md gives what the page prints', async () => {
  const printed = /```text\n([^]*?)\n```/.exec(readFileSync(pageFile, 'utf8'))?.[1] ?? 'nothing';
  const source = bundledDefinition();
  const [before = ''] = source.split(lessOften);
  const at = before.lastIndexOf('value: 0.6');
  expect(at).toBeGreaterThan(0);
  const candidate = `${source.slice(0, at)}value: 0.8${source.slice(at + 'value: 0.6'.length)}`;
  const folder = temporaryFolder('what-if');
  const [file, report] = [join(folder, 'candidate.yaml'), join(folder, 'what-if.html')];
  writeFileSync(file, candidate.replace(/^version: 1$/m, 'version: 2'));
  const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data') }, '');
  const against = join(root, 'libs/lifecycle/definitions/retail@1.yaml');
  const year = ['--file', join(root, 'test/fixtures/complete-journey'), '--format', 'complete-journey'];
  const options = [
    '--definition',
    file,
    '--against',
    against,
    ...year,
    '--assume-consent',
    '--report',
    report,
  ];
  expect([await run(['replay', ...options], terminal, ''), terminal.stdout()]).toEqual([
    0,
    expect.stringContaining(printed),
  ]);
  expect(readFileSync(report, 'utf8')).toMatch(/This shows contacts and costs, not effects\./);
}, 600_000);
