import { count } from '../publish/publish.command.js';
import type { Command, Context } from '../context.js';
import { exitCode } from '../exit-code.js';
import { printOne, printRows, type Format } from '../output.js';
import { deadLetters, handledLetters, type DeadLetter } from './dead-letters.js';
import { letterText } from './letter-text.js';
import { redriven } from './redriven.js';
import { selected } from './select.js';

export interface Selection {
  readonly refs: readonly string[];
  readonly all: boolean;
}

const columns = ['ref', 'state', 'failedAt', 'customer', 'errorClass', 'message'];

async function opened({ config, backends }: Context) {
  const { log, store } = await backends();
  const handled = handledLetters(store);
  return { log, handled, letters: deadLetters(log, handled, config.topicPrefix) };
}

/** `perennial dlq list`: the open ones; with `all` those that were dealt with too. */
export const listLetters =
  ({ all, output }: { readonly all: boolean; readonly output: Format }): Command =>
  async (context) => {
    const rows = [];
    for await (const letter of (await opened(context)).letters)
      if (all || letter.state === 'open') rows.push(rowOf(letter));
    await printRows(context.terminal, output, rows, columns);
    return exitCode.ok;
  };

/** `perennial dlq show REF`: reason, origin, headers and bytes. */
export const showLetter =
  (ref: string, output: Format): Command =>
  async (context) => {
    const [letter] = await selected((await opened(context)).letters, [ref], false);
    if (letter === undefined) return exitCode.failure;
    const { record, whole } = letter;
    const headers = Object.fromEntries(
      Object.entries(record.headers).map(([name, value]) => [name, String(value)]),
    );
    const { topic, partition, offset } = record;
    const value = {
      ...rowOf(letter),
      origin: { topic, partition, offset },
      whole,
      headers,
      ...content(record.value),
    };
    await printOne(context.terminal, output, value, () => letterText(value));
    return exitCode.ok;
  };

/** `perennial dlq redrive REF…|--all`: sends the bytes again, to the engine's inbox and never to an upstream's topic. */
export const redriveLetters =
  ({ refs, all }: Selection): Command =>
  async (context) => {
    const { log, handled, letters } = await opened(context);
    let sent = 0;
    let refused = 0;
    for (const letter of await selected(letters, refs, all)) {
      const record = redriven(letter, context.config.topicPrefix);
      if (typeof record === 'string') {
        refused += 1;
        context.terminal.say(`${letter.ref}: ${record}`);
        continue;
      }
      await log.publish([record]);
      await handled.put(letter.ref, { state: 'redriven', at: context.now() });
      sent += 1;
    }
    context.terminal.say(`Sent ${count(sent, 'dead letter')} to the inbox; ${refused} refused.`);
    return refused === 0 ? exitCode.ok : exitCode.failure;
  };

/** `perennial dlq accept --partition N`: a partition that a storm of dead letters stopped goes on. */
export const acceptStorm =
  (partition: number): Command =>
  async ({ config, backends, terminal, now }) => {
    const { store } = await backends();
    await store
      .records<{ readonly at: number }>('storms.accepted')
      .put(`${config.groupId}/${partition}`, { at: now() });
    terminal.say(`Partition ${partition} may go on: its bad records become dead letters.`);
    return exitCode.ok;
  };

/** `perennial dlq accept REF…|--all`: they stay in their topics and are no longer listed. */
export const acceptLetters =
  ({ refs, all }: Selection): Command =>
  async (context) => {
    const { handled, letters } = await opened(context);
    const accepted = await selected(letters, refs, all);
    for (const { ref } of accepted) await handled.put(ref, { state: 'accepted', at: context.now() });
    context.terminal.say(`Accepted ${count(accepted.length, 'dead letter')}.`);
    return exitCode.ok;
  };

function rowOf({ ref, state, record, reason }: DeadLetter) {
  const { errorClass, message, stage, group, attempts, failedAt } = reason;
  return {
    ref,
    state,
    failedAt: Number.isNaN(failedAt) ? '' : new Date(failedAt).toISOString(),
    customer: record.key === null ? null : String(record.key),
    errorClass,
    message,
    stage,
    group,
    attempts,
  };
}

/** Text where the bytes are text; base64 else. */
function content(value: Buffer | null): { readonly value: string | null; readonly encoding?: 'base64' } {
  if (value === null) return { value: null };
  const text = value.toString();
  return Buffer.from(text).equals(value)
    ? { value: text }
    : { value: value.toString('base64'), encoding: 'base64' };
}
