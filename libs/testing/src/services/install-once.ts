import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * The folder of a piece of software that tests need, installed on first use and kept outside the tree, in
 * `$XDG_CACHE_HOME/perennial-test-services` or `~/.cache/perennial-test-services`. Two runs may install at once: each
 * into a folder of its own, and the first to finish gives it its name. What is installed must bear being renamed.
 */
export async function installOnce(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perennial-test-services');
  const home = join(cache, name);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(`${home}.partial-`);
  try {
    await install(staging);
    if (!existsSync(home)) renameSync(staging, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return home;
}

const execFileOnce = promisify(execFile);

/** Runs a command to its end. @throws with its output when it fails. */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const { stdout } = await execFileOnce(command, args, { ...(cwd && { cwd }), maxBuffer: 1 << 26 });
  return stdout;
}
