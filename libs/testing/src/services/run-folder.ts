import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alive } from './keep.js';

/** A worker that made the folder starts the keeper at once, so a folder without one is left over after this long. */
const STARTING_MS = 10_000;

export const pidFile = (folder: string) => join(folder, 'keeper.pid');

/** True for the one process that made the folder. */
export function makeFirst(folder: string): boolean {
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Process id of the folder's keeper; undefined while there is none. */
export function keeperOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(pidFile(folder), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** The keeper is dead and could not clean up: an earlier run had this one's process id, or somebody killed it. */
export function isLeftOver(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const keeper = keeperOf(folder);
  return keeper === undefined ? Date.now() - statSync(folder).mtimeMs > STARTING_MS : !alive(keeper);
}

/** Renamed first, so that of two workers only one removes it. */
export function discard(folder: string): void {
  const aside = `${folder}.${process.pid}.left-over`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  rmSync(aside, { recursive: true, force: true });
}
