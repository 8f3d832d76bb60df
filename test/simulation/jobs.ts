import { spawn, type ChildProcess } from 'node:child_process';
import { Census } from './census.js';
import type { Options } from './options.js';
import { emptyTotal, type Total } from './total.js';

/** Shares the seeds among processes of this same command. The first that finds a broken promise ends all, with its code. */
export async function runJobs({ from, seeds, jobs }: Options, args: readonly string[]): Promise<Total> {
  const [script = ''] = process.argv.slice(1);
  const shares = Array.from({ length: Math.min(jobs, seeds) }, (_, n) => ({
    first: from + Math.floor((n * seeds) / jobs),
    next: from + Math.floor(((n + 1) * seeds) / jobs),
  }));
  const children: ChildProcess[] = [];
  const totals = await Promise.all(
    shares.map(async ({ first, next }) => {
      const own = [
        '--from',
        String(first),
        '--seeds',
        String(next - first),
        '--jobs',
        '1',
        '--output',
        'json',
      ];
      const child = spawn(process.execPath, [...process.execArgv, script, entry, ...args, ...own], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      let told = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      if (code !== 0) {
        for (const other of children) other.kill();
        process.exit(code ?? 1);
      }
      return JSON.parse(told) as Total;
    }),
  );
  const census = new Census();
  const sum = { ...emptyTotal };
  for (const { made, ...counts } of totals) {
    census.add(made);
    for (const what of ['runs', 'events', 'steps', 'batches'] as const) sum[what] += counts[what];
  }
  return { ...sum, made: census.counts };
}

/** This file's neighbour, as `run-typescript.mjs` takes it. */
const entry = new URL('main.ts', import.meta.url).href;
