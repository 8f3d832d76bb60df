import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import type { DeadLetter } from './dead-letters.js';

/** The open letters that were asked for: those of `refs`, or all. @throws Failure naming a ref that is not there. */
export async function selected(
  letters: AsyncIterable<DeadLetter>,
  refs: readonly string[],
  all: boolean,
): Promise<DeadLetter[]> {
  if (all === refs.length > 0)
    throw new Failure("name dead letters as 'perennial dlq list' does, or give --all", exitCode.usage);
  const found: DeadLetter[] = [];
  for await (const letter of letters)
    if (all ? letter.state === 'open' : refs.includes(letter.ref)) found.push(letter);
  const missing = refs.find((ref) => !found.some((letter) => letter.ref === ref));
  if (missing !== undefined)
    throw new Failure(`no dead letter '${missing}': 'perennial dlq list --all' names them`);
  return found;
}
