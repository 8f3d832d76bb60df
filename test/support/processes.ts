import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const root = join(import.meta.dirname, '../..');

export type Environment = Readonly<Record<string, string>>;

/** Only what the test says reaches the process, besides what finds programs and files. */
function environment(env: Environment): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `perennial ARGS` from the compiled files to its end. */
export async function perennial(args: readonly string[], env: Environment, input = ''): Promise<Finished> {
  const child = spawn(process.execPath, [join(root, 'dist/apps/cli/src/main.js'), ...args], {
    cwd: root,
    env: environment(env),
  });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  return { code, stdout, stderr };
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)));

export interface RunningProcess {
  /** Where it serves health and metrics. */
  readonly url: string;
  readonly exited: Promise<number | null>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  stderr(): string;
}

/** Starts one engine process; resolves when it serves its status. @throws Error with its stderr when it ends instead. */
export async function startEngineProcess(env: Environment): Promise<RunningProcess> {
  const child = spawn(process.execPath, [join(root, 'dist/apps/engine/src/main.js')], {
    cwd: root,
    env: environment({ PORT: '0', ...env }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const exited = exitOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const found = /"url":"(http:[^"]+)"/.exec(stderr);
      if (found?.[1]) resolve(found[1]);
    });
    void exited.then((code) => reject(new Error(`the engine ended with ${code}: ${stderr}`)));
  });
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  return {
    url,
    exited,
    signal,
    stderr: () => stderr,
    stop: () => {
      signal('SIGTERM');
      return exited;
    },
  };
}
