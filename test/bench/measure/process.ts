import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Measured {
  readonly pid: number;
  /** Rejects when the process ends before it is stopped, with the end of what it said. */
  readonly died: Promise<never>;
  /** Resolves when it ends of itself with exit code 0. Rejects as `died` does. */
  readonly ended: Promise<void>;
  /** SIGTERM, and SIGKILL when it is still there after 30 s. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Starts a contestant's process; its output goes to a file in `folder`. It ends with this one at the latest. */
export function startProcess(
  command: string,
  args: readonly string[],
  { folder, env = {} }: { folder: string; env?: Readonly<Record<string, string>> },
): Measured {
  const file = join(folder, 'output.log');
  const log = openSync(file, 'a');
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), NODE_ENV: 'production', ...env },
  });
  closeSync(log);
  let stopped = false;
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  void gone.then(() => process.off('exit', kill));
  const failure = (how: string) =>
    new Error(`${command} ${how}: ${readFileSync(file, 'utf8').slice(-2_000)}`);
  const died = gone.then((how): Promise<never> => {
    if (stopped) return new Promise(() => undefined);
    throw failure(how);
  });
  const ended = gone.then((how) => {
    if (child.exitCode !== 0) throw failure(how);
  });
  for (const promise of [died, ended]) promise.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    died,
    ended,
    stop: async () => {
      stopped = true;
      child.kill('SIGTERM');
      const late = setTimeout(kill, PATIENCE_MS);
      await gone;
      clearTimeout(late);
    },
  };
}
