import { Readable } from 'node:stream';
import type { Terminal } from '#apps/cli';

/** A terminal that keeps what it is told. */
export function recordingTerminal(
  env: Terminal['env'],
  input: string,
): Terminal & { stdout(): string; stderr(): string } {
  let out = '';
  let err = '';
  return {
    env,
    input: Readable.from([Buffer.from(input)]),
    out: async (text) => void (out += text),
    say: (line) => void (err += `${line}\n`),
    progress: () => undefined,
    stdout: () => out,
    stderr: () => err,
  };
}
