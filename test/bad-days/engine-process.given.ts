import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../libs/testing/src/child/run-typescript.mjs', import.meta.url));
const main = new URL('../../apps/engine/src/main.ts', import.meta.url).href;

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

export interface EngineProcess {
  readonly ended: Promise<Ended>;
  stderr(): string;
  /** SIGTERM. */
  stop(): Promise<Ended>;
}

/** An engine as a person starts it, of the sources. `blocks` limits how large its files may grow, in units of 512 bytes. */
export function engineProcess(
  env: Readonly<Record<string, string>>,
  { blocks }: { readonly blocks?: number } = {},
): EngineProcess {
  const { PATH, HOME, TMPDIR = '/tmp' } = process.env;
  const limit = blocks === undefined ? '' : `ulimit -f ${blocks}; `;
  const node = [process.execPath, '--conditions=source', '--experimental-transform-types', '--no-warnings'];
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...node, entry, main], {
    env: { PATH, HOME, TMPDIR, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stderr }));
  return { ended, stderr: () => stderr, stop: () => (child.kill('SIGTERM'), ended) };
}
