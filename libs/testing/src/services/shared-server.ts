import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alive, type Status } from './keep.js';
import type { Service, SharedServer } from './service.js';
import { until } from './until.js';

export const keeperScript = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

/** Installing a server for the first time takes up to this long, ms. */
export const patience = 600_000;

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
  if (leftOver(folder)) discard(folder);
  if (first(folder)) {
    spawn(process.execPath, [keeperScript, service.module, folder, String(run)], {
      detached: true,
      stdio: 'ignore',
    }).unref();
  }
  const file = join(folder, 'status.json');
  await until(`${service.name} starts (${folder})`, patience, () => existsSync(file));
  const status = JSON.parse(readFileSync(file, 'utf8')) as Status;
  if ('failure' in status) throw new Error(status.failure);
  return { address: status.address };
}

/**
 * Jest's workers are forked from the process of the run; with one worker they are that process. (`process.send` would
 * not tell: Jest's own `process` object always has it.)
 */
function processOfRun(): number {
  return process.connected ? process.ppid : process.pid;
}

function first(folder: string): boolean {
  mkdirSync(join(folder, '..'), { recursive: true });
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** The keeper is dead and could not clean up: an earlier run had this one's process id, or somebody killed it. */
function leftOver(folder: string): boolean {
  const file = join(folder, 'status.json');
  if (!existsSync(file)) return false;
  const status = JSON.parse(readFileSync(file, 'utf8')) as Status;
  return 'keeper' in status && !alive(status.keeper);
}

/** Renamed first, so that of two workers only one removes it. */
function discard(folder: string): void {
  const aside = `${folder}.${process.pid}.left-over`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  rmSync(aside, { recursive: true, force: true });
}
