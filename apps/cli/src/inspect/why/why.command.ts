import type { CustomerStore } from '#pipeline';
import type { Command } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { Failure } from '../../failure.js';
import { printOne, printRows, type Format } from '../../output.js';
import { definitionBook } from '../definition-book.js';
import { presentOf } from '#lifecycle';
import { answerOf } from './answer.js';
import { recordedOutputs } from './recorded-outputs.js';
import { storyOf } from './story.js';
import { whyText } from './why-text.js';

/**
 * `perennial why CUSTOMER`: the story from the output topics and the store, where the customer stands and what would
 * move it. `ndjson` prints the story alone, one entry a line. Exit code 1 for an unknown and for an erased customer.
 */
export const why =
  (customer: string, output: Format): Command =>
  async ({ terminal, config, backends, now }) => {
    const { log, store } = await backends();
    const state = (await store.load([customer])).get(customer)?.state;
    if (state?.erased !== undefined)
      throw new Failure(
        `${customer} was erased: nothing is known any more but that (${state.erased} events came afterwards and were dropped)`,
      );
    const { outputs, missing } = await recordedOutputs(log, config.topicPrefix, customer);
    if (state === undefined && outputs.length === 0) throw await unknown(customer, store);
    const book = definitionBook(config, async () => store);
    const { because = {} } = state ? presentOf(state) : {};
    const story = await storyOf(outputs, Object.values(because), book);
    const definition = state && (await book(state.definition));
    if (output === 'ndjson') await printRows(terminal, output, story, []);
    else {
      const answer = answerOf({
        customer,
        now: now(),
        missing,
        story,
        ...(state && { state }),
        ...(definition && { definition }),
      });
      await printOne(terminal, output, answer, () => whyText(answer));
    }
    if (story.length === 0) terminal.say(`Nothing was decided about ${customer} so far.`);
    return exitCode.ok;
  };

async function unknown(customer: string, store: CustomerStore): Promise<Failure> {
  for await (const document of store.scan())
    if (document) return new Failure(`the store knows no customer '${customer}'`);
  return new Failure(`the store is empty, so it knows no customer '${customer}': no event was folded yet`);
}
