import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { printOne, type Format } from '../output.js';
import { recordedCodes } from './recorded-codes.js';
import { recordedLifecycles } from './recorded-lifecycles.js';
import { replayLog, type ReplayResult } from './replay-log.js';
import { summaryText } from './summary-text.js';

export interface ReplayArguments {
  readonly output: Format;
  readonly verify: boolean;
  /** ms */
  readonly until?: number | undefined;
}

/** What means nothing without `--definition`. @throws Failure */
export function refusedWithout({
  file,
  against,
  report,
  customers,
  output,
}: {
  readonly file?: unknown;
  readonly against?: unknown;
  readonly report?: unknown;
  readonly customers?: unknown;
  readonly output: string;
}): undefined {
  const named = Object.entries({ file, against, report, customers }).find(([, value]) => value !== undefined);
  if (named) throw new Failure(`--${named[0]} needs --definition CANDIDATE`, exitCode.usage);
  if (output === 'csv') throw new Failure('--output csv needs --definition CANDIDATE', exitCode.usage);
}

const shown = 10;

/** `perennial replay`: the stage table and the actions by programme, on stdout; what was compared, on stderr. */
export const replay =
  ({ output, verify, until }: ReplayArguments): Command =>
  async ({ terminal, config, backends }) => {
    const { log, store } = await backends();
    const { codes, count: coupons } = await recordedCodes(log, config.topicPrefix);
    const result = await replayLog({
      log,
      prefix: config.topicPrefix,
      lifecycleOf: recordedLifecycles(config, store, codes),
      verify,
      until,
      progress: (batches) => {
        if (batches % 10 === 0) terminal.progress(`${batches.toLocaleString('en')} batches repeated`);
      },
    });
    const { summary, differences } = result;
    await printOne(terminal, output, verify ? { ...summary, differences } : summary, () =>
      summaryText(summary),
    );
    if (!verify) return exitCode.ok;
    for (const line of verdict(result)) terminal.say(line);
    if (coupons > 0)
      terminal.say(
        `Codes of ${coupons.toLocaleString('en')} coupons are taken as the ledger has them: only their secret could give them anew.`,
      );
    return differences.some((difference) => difference.rules === result.rules)
      ? exitCode.failure
      : exitCode.ok;
  };

/** What the comparison found, one line each: differences under these rules are failures, those of other revisions are not. */
function verdict({ matched, differences, batchesByRules, rules }: ReplayResult): string[] {
  const own = differences.filter((difference) => difference.rules === rules);
  const lines = own.slice(0, shown).map(({ topic, partition, customer, id, problem, offset }) => {
    const where = offset === undefined ? '' : ` at offset ${offset}`;
    return `${problem}: ${id} of ${customer} in ${topic}, partition ${partition}${where}`;
  });
  if (own.length > shown) lines.push(`… and ${own.length - shown} more`);
  for (const [revision, batches] of batchesByRules) {
    if (revision === rules) continue;
    const theirs = differences.filter((difference) => difference.rules === revision).length;
    lines.push(
      `${batches} batches were decided by rules revision ${revision}, this is ${rules}: ${theirs} differences, not counted.`,
    );
  }
  lines.push(
    own.length === 0
      ? `Verified: all ${matched.toLocaleString('en')} outputs are as the replay gives them, id by id.`
      : `Not verified: ${own.length.toLocaleString('en')} differences, ${matched.toLocaleString('en')} outputs equal.`,
  );
  return lines;
}
