import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { kafkaVersion } from '#testing';

/** Where and with what was measured. */
export interface Setting {
  readonly date: string;
  /** Short hash, with `+` where the tree held changes; null outside of a repository. */
  readonly commit: string | null;
  readonly cores: number;
  readonly memoryGb: number;
  readonly processor: string;
  /** Load average of the last five minutes at the beginning. */
  readonly loadAverage: number;
  readonly node: string;
  readonly kafka: string;
}

export const setting = (root: string): Setting => ({
  date: new Date().toISOString().slice(0, 10),
  commit: commitOf(root),
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  processor: cpus()[0]?.model ?? '',
  loadAverage: Math.round((loadavg()[1] ?? 0) * 10) / 10,
  node: process.versions.node,
  kafka: kafkaVersion,
});

export const settingLine = (s: Setting): string =>
  `${s.date}, commit ${s.commit ?? 'unknown'}, ${s.cores} cores (${s.processor}), ${s.memoryGb} GB, ` +
  `load average ${s.loadAverage} before; Node ${s.node}, Kafka ${s.kafka}`;

function commitOf(cwd: string): string | null {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  } catch {
    return null;
  }
}
