import { facts as factSpecs } from '#contracts';
import { createLifecycle } from '#lifecycle';
import { definitionInForce } from '../control/in-force.js';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { definitionBook } from './definition-book.js';
import { printOne, table, type Format } from '../output.js';

/** `perennial show CUSTOMER`: the customer as the store holds them, facts read as of now. */
export const show =
  (customer: string, output: Format): Command =>
  async ({ terminal, config, backends, now }) => {
    const { store } = await backends();
    const document = (await store.load([customer])).get(customer);
    if (document === undefined) throw new Failure(`the store knows no customer '${customer}'`);
    const { state } = document;
    const own = await definitionBook(config, async () => store)(state.definition);
    const lifecycle = createLifecycle(own ?? (await definitionInForce(config, store)));
    const shown = {
      customer,
      stage: state.stage,
      health: state.health,
      facts: lifecycle.factsOf(state, now()),
      timers: state.timers.map(({ name, due }) => ({ name, due: new Date(due).toISOString() })),
      version: state.definition,
    };
    await printOne(terminal, output, shown, () => showText(shown));
    return exitCode.ok;
  };

interface Shown {
  readonly customer: string;
  readonly stage: string;
  readonly health: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly timers: readonly { readonly name: string; readonly due: string }[];
  readonly version: string;
}

function showText({ customer, stage, health, facts, timers, version }: Shown): string {
  const known = Object.entries(facts).map(([fact, value]) => ({ fact, value: readable(fact, value) }));
  return [
    `${customer}: ${stage}, ${health} (${version})\n`,
    table(known, ['fact', 'value']),
    table(timers, ['name', 'due']),
  ].join('\n');
}

const kinds: Readonly<Record<string, { readonly kind: string }>> = factSpecs;

/** Times as people read them. */
const readable = (fact: string, value: unknown): unknown =>
  kinds[fact]?.kind === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value;
