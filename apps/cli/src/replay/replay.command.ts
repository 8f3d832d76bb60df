import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { printOne, type Format } from '../output.js';
import type { Difference } from './comparison.js';
import type { RulesRange } from './ranges.js';
import { allReproduced, type ReplayResult } from './reproduced.js';
import type { Reproduced } from './reproduce-partition.js';
import type { JobResult } from './job.js';
import { runJobs } from './run-jobs.js';
import { summaryText } from './summary-text.js';

export interface ReplayArguments {
  readonly output: Format;
  readonly verify: boolean;
  /** ms */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** Processes at once. */
  readonly jobs?: number | undefined;
  /** A snapshot's folder. */
  readonly fromSnapshot?: string | undefined;
}

interface CandidateOptions {
  readonly file?: unknown;
  readonly against?: unknown;
  readonly report?: unknown;
  readonly customers?: unknown;
  readonly output: string;
}

/** @throws Failure where an option means nothing without `--definition` */
export function refuseWithoutCandidate({ file, against, report, customers, output }: CandidateOptions): void {
  const named = Object.entries({ file, against, report, customers }).find(([, value]) => value !== undefined);
  const option = named?.[0] ?? (output === 'csv' ? 'output csv' : undefined);
  if (option !== undefined) throw new Failure(`--${option} needs --definition CANDIDATE`, exitCode.usage);
}

/** @throws Failure where a period ends before it begins. */
export function requirePeriod(from: number, until: number): void {
  if (from < until) return;
  throw new Failure(
    `--from ${new Date(from).toISOString()} is not before --until ${new Date(until).toISOString()}`,
    exitCode.usage,
  );
}

/** What `perennial replay --verify --output json` prints besides the summary. */
interface Verified {
  /** Differences that count, at most 1,000 of them, and how many there are. */
  readonly differences: readonly Difference[];
  readonly differing: number;
  readonly matched: number;
  /** Of customers whom batches of another rules revision had left otherwise: not counted. */
  readonly consequences: number;
  readonly rules?: number;
  /** Batches that other rules revisions decided: their differences are not counted. */
  readonly otherRevisions: readonly RulesRange[];
}

const shown = 10;

/** `perennial replay`: the stage table and the actions by programme, on stdout; what was compared, on stderr. */
export const replay =
  ({ output, verify, from = -Infinity, until = Infinity, jobs, fromSnapshot }: ReplayArguments): Command =>
  async (context) => {
    requirePeriod(from, until);
    const { terminal, config, backends } = context;
    const prefix = config.topicPrefix;
    const { log } = await backends();
    const scattered = verify ? await mkdtemp(join(tmpdir(), 'perennial-replay-')) : undefined;
    const job = { kind: 'reproduce' as const, verify, scattered, from, until, snapshot: fromSnapshot };
    const events = (part: JobResult) => (part as Reproduced).tallied.events;
    let parts: readonly Reproduced[];
    let result: ReplayResult;
    try {
      parts = (await runJobs(job, context, jobs, 'repeated', events)) as readonly Reproduced[];
      result = await allReproduced(parts, log, prefix, scattered, fromSnapshot !== undefined);
    } finally {
      if (scattered !== undefined) await rm(scattered, { recursive: true, force: true });
    }
    const { summary } = result;
    await printOne(terminal, output, verify ? { ...summary, ...verifiedOf(result) } : summary, () =>
      summaryText(summary),
    );
    if (!verify) return exitCode.ok;
    for (const line of verdict(result)) terminal.say(line);
    const coupons = parts.reduce((sum, part) => sum + part.coupons, 0);
    if (coupons > 0)
      terminal.say(
        `Codes of ${coupons.toLocaleString('en')} coupons are taken as the ledger has them: only their secret could give them anew.`,
      );
    return result.differences.own > 0 ? exitCode.failure : exitCode.ok;
  };

const othersOf = ({ ranges, rules }: ReplayResult) => ranges.filter((range) => range.rules !== rules);

function verifiedOf(result: ReplayResult): Verified {
  const { differences, matched, rules } = result;
  return {
    differences: differences.examples,
    differing: differences.own,
    matched,
    consequences: differences.consequences,
    ...(rules !== undefined && { rules }),
    otherRevisions: othersOf(result),
  };
}

/** What the comparison found, one line each: differences under these rules are failures, those of other revisions are not. */
function verdict(result: ReplayResult): string[] {
  const { matched, differences, rules } = result;
  const lines = differences.examples
    .slice(0, shown)
    .map(({ topic, partition, customer, id, problem, offset }) => {
      const where = offset === undefined ? '' : ` at offset ${offset}`;
      return `${problem}: ${id} of ${customer} in ${topic}, partition ${partition}${where}`;
    });
  if (differences.own > shown) lines.push(`… and ${(differences.own - shown).toLocaleString('en')} more`);
  for (const range of othersOf(result))
    lines.push(
      `Partition ${range.partition}: batches ${range.firstBatch} to ${range.lastBatch} (${range.from} to ${range.to}) were decided ` +
        `by rules revision ${range.rules}, this is ${rules ?? ''}: ${range.differences.toLocaleString('en')} differences, not counted.`,
    );
  if (differences.consequences > 0)
    lines.push(
      `${differences.consequences.toLocaleString('en')} later differences are of customers whom those batches had left otherwise, and not counted either.`,
    );
  lines.push(
    differences.own === 0
      ? `Verified: all ${matched.toLocaleString('en')} outputs are as the replay gives them, id by id.`
      : `Not verified: ${differences.own.toLocaleString('en')} differences, ${matched.toLocaleString('en')} outputs equal.`,
  );
  return lines;
}
