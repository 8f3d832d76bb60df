/**
 * `npm start`: installs and builds what is missing or stale, then runs engine and mailer in one process on a carried
 * sample. Runs on any Node from 20; what it starts runs on the project's own Node 24.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';
import { install } from './install.mjs';

const startedAt = Date.now();
const root = fileURLToPath(new URL('..', import.meta.url));

install();
const node = [`${root}node_modules/node/bin/node`, `${root}node_modules/node/bin/node.exe`].find((file) =>
  existsSync(file),
);
if (node === undefined) {
  process.stderr.write(
    'The npm package "node" brought no program for this machine: run npm ci, with scripts allowed.\n',
  );
  process.exit(1);
}

const failed = buildIfStale(root, node);
if (failed) process.exit(failed);

const sample = ['--import-sample', '--assume-consent', '--shift-to', 'now'];
const child = spawn(node, [`${root}dist/apps/cli/src/main.js`, 'up', ...sample, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, PERENNIAL_STARTED_AT: String(startedAt) },
});
// A signal sent to npm alone stops at its shell: when that is gone, nobody is left to ask for an end.
const parent = process.ppid;
setInterval(() => process.ppid === parent || child.kill(), 1_000).unref();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
