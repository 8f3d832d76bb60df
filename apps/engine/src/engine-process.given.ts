import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '#testing';

const entry = fileURLToPath(new URL('../../../libs/testing/src/child/run-typescript.mjs', import.meta.url));
const children: ChildProcess[] = [];

export interface EngineProcess {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Where it serves its status, as soon as it says so. */
  url(): Promise<string>;
}

export interface Readiness {
  readonly status: number;
  readonly reasons: readonly string[];
}

/** The engine's own process, from source; `script` may hinder it in some way. Its settings are these and no others. */
export function engineProcess(
  settings: Readonly<Record<string, string>>,
  script = './main.ts',
  ...args: string[]
): EngineProcess {
  const { PATH, HOME, TMPDIR = '' } = process.env;
  const flags = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];
  const href = new URL(script, import.meta.url).href;
  const child = spawn(process.execPath, [...flags, entry, href, ...args], {
    env: { PATH, HOME, TMPDIR, PORT: '0', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const url = () => /"url":"(http:[^"]+)"/.exec(stderr)?.[1];
  return {
    child,
    stderr: () => stderr,
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal))),
    url: async () => {
      await until('the engine has started', 120_000, () => url() !== undefined || hasEnded());
      const found = url();
      if (found === undefined)
        throw new Error(`the engine ended with ${child.exitCode ?? child.signalCode}: ${stderr}`);
      return found;
    },
  };
}

export async function readiness(url: string): Promise<Readiness> {
  const answer = await fetch(`${url}/health/ready`);
  return { status: answer.status, reasons: ((await answer.json()) as Readiness).reasons };
}

/** Kills what a spec left running. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
