import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./run-typescript.mjs', import.meta.url));

/**
 * Runs a TypeScript file of this tree as a process of its own; libs are taken from their source. Its stdout is a pipe,
 * `process.send` reaches the parent, and `process.argv.slice(2)` are the arguments.
 */
export function forkTypeScript(script: URL, ...args: readonly string[]): ChildProcess {
  const execArgv = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];
  return fork(entry, [script.href, ...args], { execArgv, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
}

/** The next message of the child. @throws when it ends before. */
export async function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`the child ended with ${signal ?? code}`)));
  });
}

/** Kills without notice, and waits until the process is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await gone;
}
