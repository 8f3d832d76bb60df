import { readFileSync } from 'node:fs';
import { EmbeddedDbError } from './embedded-db-error.js';

/** Who runs the engine on a folder. `started` tells a process from a later one with the same pid. */
export interface Holder {
  readonly pid: number;
  readonly started: string | null;
}

export const thisProcess = (): Holder => ({ pid: process.pid, started: startOf(process.pid) });

/** @throws EmbeddedDbError `locked` when `holder` still runs. */
export function refuseWhileRunning(path: string, holder: Holder): void {
  if (!isRunning(holder)) return;
  const who = holder.pid === process.pid ? 'this very process' : `process ${holder.pid}`;
  throw new EmbeddedDbError(
    'locked',
    `${path} is in use by another engine (${who}): stop it first, or use another folder`,
  );
}

function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return started === startOf(pid);
}

/** Start time in clock ticks since boot, field 22 of Linux's /proc/PID/stat; null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
