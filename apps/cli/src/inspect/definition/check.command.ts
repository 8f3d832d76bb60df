import { readFile } from 'node:fs/promises';
import { DefinitionError, loadDefinition, type Problem } from '#lifecycle';
import type { Command } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { explain } from '../../failure.js';
import { printable, printOne, printRows, type Format } from '../../output.js';
import { labelOf } from '../definition-book.js';

/** What `perennial definition check --output json` says of one file. */
export interface Checked {
  readonly file: string;
  readonly valid: boolean;
  /** Absent where it is not valid. */
  readonly definition?: string;
  readonly hash?: string;
  /** Empty where it is valid. */
  readonly problems: readonly Problem[];
}

/** `perennial definition check FILE...`: every problem of every file, with path and what is allowed there; exit code 1 for any. */
export const checkDefinitions =
  (files: readonly string[], output: Format): Command =>
  async ({ terminal }) => {
    const checked = await Promise.all(files.map(check));
    if (output === 'ndjson') await printRows(terminal, output, checked, []);
    else await printOne(terminal, output, checked, () => checked.map(inWords).join(''));
    return checked.every(({ valid }) => valid) ? exitCode.ok : exitCode.failure;
  };

async function check(file: string): Promise<Checked> {
  try {
    const definition = loadDefinition(await readFile(file, 'utf8'), file);
    return { file, valid: true, definition: labelOf(definition), hash: definition.hash, problems: [] };
  } catch (error) {
    const problems =
      error instanceof DefinitionError ? error.problems : [{ path: 'file', message: explain(error).text }];
    return { file, valid: false, problems };
  }
}

function inWords({ file, definition, problems }: Checked): string {
  if (definition !== undefined)
    return `${file}: ${definition} is valid, and its machine loads in XState as it stands (and so in Stately's tools).\n`;
  const lines = problems.map(({ path, message, allowed }) =>
    printable(`  ${path}: ${message}${allowed === undefined ? '' : `; allowed: ${allowed}`}`),
  );
  return [
    `${file}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`,
    ...lines,
    '',
  ].join('\n');
}
