#!/usr/bin/env node
/** Runs the built command line on the project's own Node 24, whatever Node the machine has. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const main = `${root}dist/apps/cli/src/main.js`;
const node = `${root}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;

if (!existsSync(main) || !existsSync(node)) {
  process.stderr.write(
    `perennial is not built yet: run \`npm start\` (or \`npm ci && npm run build\`) in ${root}\n`,
  );
  process.exit(2);
}

if (realpathSync(process.execPath) === realpathSync(node)) {
  await import(main);
} else {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
