import { diffDefinitions, type Difference } from '#lifecycle';
import type { Command } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { printable, printOne, printRows, type Format } from '../../output.js';
import { labelOf } from '../definition-book.js';
import { namedDefinition } from './named-definition.js';

/** What `perennial definition diff --output json` prints. */
export interface Compared {
  readonly before: { readonly definition: string; readonly hash: string };
  readonly after: { readonly definition: string; readonly hash: string };
  readonly differences: readonly Difference[];
}

export interface DiffArguments {
  /** Names or files. One alone is compared with the definition in force. */
  readonly names: readonly [string, string?];
  readonly output: Format;
  /** 1 where they differ. */
  readonly exitCode: boolean;
}

/** `perennial definition diff [A] B`: which rules, programmes, limits and timers change, in words. */
export const diffDefinition =
  ({ names: [first, second], output, exitCode: tells }: DiffArguments): Command =>
  async (context) => {
    const [a, b] = second === undefined ? [undefined, first] : [first, second];
    const before = await namedDefinition(a, context);
    const after = await namedDefinition(b, context);
    const differences = diffDefinitions(before, after);
    const compared: Compared = {
      before: { definition: labelOf(before), hash: before.hash },
      after: { definition: labelOf(after), hash: after.hash },
      differences,
    };
    if (output === 'ndjson') await printRows(context.terminal, output, differences, []);
    else await printOne(context.terminal, output, compared, () => inWords(compared));
    return tells && differences.length > 0 ? exitCode.failure : exitCode.ok;
  };

function inWords({ before, after, differences }: Compared): string {
  const heading = `${before.definition} → ${after.definition}`;
  if (differences.length === 0) return `${heading}: no differences in what they do.\n`;
  const lines = differences.flatMap((it) => [
    `${{ added: '+', removed: '-', changed: '~' }[it.change]} ${it.area} ${it.name}`,
    ...(it.before === undefined ? [] : [`    before: ${it.before}`]),
    ...(it.after === undefined ? [] : [`    after:  ${it.after}`]),
  ]);
  return [heading, ...lines.map(printable), ''].join('\n');
}
