/**
 * `npm test`: everything that CI checks, in order of cost. `npm test -- PATH …` runs only the specs that match.
 * Runs on any Node from 20; the checks run on the project's own. Last line of stdout: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const paths = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };

const checks = [
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lint', 'eslint', ['.']],
  ['import directions', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'test']],
  ['types', 'tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ['build', 'npm', ['run', '--silent', 'build']],
];

function run(command, args) {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env }).status === 0;
}

function check([name, command, args]) {
  const started = Date.now();
  const ok = run(command, args);
  counts[ok ? 'passed' : 'failed']++;
  process.stderr.write(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
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
if (paths.length === 0) checks.forEach(check);
specs();
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 ? 0 : 1);
