import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alive, type Status } from './keep.js';
import { discard, isLeftOver, keeperOf, makeFirst, pidFile } from './run-folder.js';
import type { Service, SharedServer } from './service.js';
import { until } from './until.js';

export const keeperScript = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

/** Installing a server for the first time takes up to this long, ms. */
const PATIENCE_MS = 600_000;

/**
 * The server that all workers of this run of the tests share. The first worker to ask makes its folder and thereby
 * starts its keeper; the others wait for the keeper's word.
 * @throws when none can be had.
 */
export async function sharedServer(service: Service): Promise<SharedServer> {
  const given = process.env[service.variable];
  if (given) return { address: given };
  const run = processOfRun();
  const folder = join(tmpdir(), `perennial-services-${run}`, service.name);
  if (isLeftOver(folder)) discard(folder);
  if (makeFirst(folder)) startKeeper(service, folder, run);
  const file = join(folder, 'status.json');
  await until(`${service.name} starts (${folder})`, PATIENCE_MS, () => {
    if (existsSync(file)) return true;
    const keeper = keeperOf(folder);
    if (keeper === undefined || alive(keeper)) return false;
    throw new Error(
      `the keeper of ${service.name} ended: ${readFileSync(join(folder, 'keeper.log'), 'utf8')}`,
    );
  });
  const status = JSON.parse(readFileSync(file, 'utf8')) as Status;
  if ('failure' in status) throw new Error(status.failure);
  return { address: status.address };
}

function startKeeper(service: Service, folder: string, run: number): void {
  const log = openSync(join(folder, 'keeper.log'), 'a');
  const keeper = spawn(process.execPath, [keeperScript, service.module, folder, String(run)], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  keeper.unref();
  writeFileSync(pidFile(folder), String(keeper.pid));
}

/**
 * Jest's workers are forked from the process of the run; with one worker they are that process. (`process.send` would
 * not tell: Jest's own `process` object always has it.)
 */
function processOfRun(): number {
  return process.connected ? process.ppid : process.pid;
}
