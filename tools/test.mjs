/**
 * `npm test`: everything that CI checks, first without running any of it. `npm test -- PATH …` runs only the specs that match.
 * Runs on any Node from 20; the checks run on the project's own. Last line of stdout: `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const paths = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };

/** Side by side; each lane takes about as long as the other. */
const lanes = [
  [['lint', 'eslint', ['.']]],
  [
    ['format', 'prettier', ['--check', '--log-level=warn', '.']],
    ['import directions', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'test']],
    ['types', 'tsc', ['-p', 'tsconfig.json', '--noEmit']],
    ['build', 'npm', ['run', '--silent', 'build']],
  ],
];

const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
const run = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env }).status === 0;

/** What it says is shown when it is over, and whole. */
async function check([name, command, args]) {
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const ok = await new Promise((resolve) => {
    child.once('error', (error) => resolve(void said.push(Buffer.from(`${error.message}\n`))));
    child.once('close', (code) => resolve(code === 0));
  });
  counts[ok ? 'passed' : 'failed']++;
  process.stderr.write(Buffer.concat(said));
  process.stderr.write(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

async function checkAll(lane) {
  for (const each of lane) await check(each);
}

function specs() {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  const report = join(folder, 'report.json');
  const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')];
  const ok = run('node', [...jest, '--json', `--outputFile=${report}`, ...paths]);
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests || (ok ? 0 : Math.max(1, numFailedTestSuites));
  } catch {
    counts.failed++;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

install();
if (paths.length === 0) await Promise.all(lanes.map(checkAll));
specs();
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 ? 0 : 1);
