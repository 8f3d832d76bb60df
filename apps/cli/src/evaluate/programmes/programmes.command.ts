import { writeFile } from 'node:fs/promises';
import { topicName } from '#contracts';
import type { Definition } from '#lifecycle';
import type { EventLog } from '#pipeline';
import type { Command } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { Failure } from '../../failure.js';
import { purchaseDays, type PurchaseDays } from '../../fit/purchases.js';
import { topicSource } from '../../fit/read-topics.js';
import { namedDefinition } from '../../inspect/definition/named-definition.js';
import { printOne, type Format } from '../../output.js';
import { valuesIn } from '../../report/log-values.js';
import {
  foreignOrders,
  noteCurrencies,
  spendCurrency,
  type OrderCurrencies,
} from '../../fit/order-currencies.js';
import { effectsReport } from './effects-report.js';
import { effectsText } from './effects-text.js';
import { Trials, type Decided, type ProgrammeEffect } from './trials.js';

export interface ProgrammesArguments {
  readonly output: Format;
  readonly definition?: string | undefined;
  /** Days after the first action that are looked at. */
  readonly within: number;
  /** The difference of repeat rates (0 to 1) that must not be missed. */
  readonly detect: number;
  readonly report?: string | undefined;
}

/** What all programmes did, and by which rules that was reckoned. */
export interface Effects {
  readonly within: number;
  readonly detect: number;
  /** In which spend and costs are. */
  readonly currency?: string | undefined;
  /** Orders in other currencies: purchases, of which nothing is added up. */
  readonly foreignOrders: number;
  readonly acquisitionCost?: number | undefined;
  readonly programmes: readonly ProgrammeEffect[];
}

/** `perennial evaluate --programmes`: who comes back because of what is done for them. */
export const evaluateProgrammes =
  ({ output, definition: name, within, detect, report }: ProgrammesArguments): Command =>
  async (context) => {
    const { terminal, config, backends } = context;
    const definition = await namedDefinition(name, context);
    const { log } = await backends();
    const found = await effectsIn(log, config.topicPrefix, definition, { within, detect });
    const effects: Effects = { within, detect, ...found, acquisitionCost: definition.acquisitionCost };
    if (report !== undefined) {
      await writeFile(report, effectsReport(effects));
      terminal.say(`${report}: the report; a browser opens it as it is`);
    }
    await printOne(terminal, output, effects, () => effectsText(effects));
    return exitCode.ok;
  };

/** Joins no group. @throws Failure where no programme has asked for anything, or nobody was watched for long enough. */
async function effectsIn(
  log: EventLog,
  prefix: string,
  definition: Definition,
  { within, detect }: { readonly within: number; readonly detect: number },
): Promise<Pick<Effects, 'currency' | 'foreignOrders' | 'programmes'>> {
  const trials = new Trials(within, definition);
  for await (const { subject, time, data } of valuesIn(log, topicName(prefix, 'retention.actions.v1')))
    trials.decided({ ...(data as unknown as Decided), customer: subject, at: Date.parse(time) });
  if (trials.empty)
    throw new Failure(
      'retention.actions.v1: no programme has asked for anything yet that has a control group',
    );
  const { calendar } = definition.settings;
  const seen: OrderCurrencies = new Map();
  const bought = new Map<string, PurchaseDays>();
  let last = -Infinity;
  const source = topicSource(log, prefix, ['purchase.events.v1', 'lifecycle.inbox.v1']);
  for await (const { events } of source.read()) noteCurrencies(seen, events);
  const currency = spendCurrency(seen, definition.costs?.currency);
  for await (const { customer, events } of source.read()) {
    bought.set(customer, purchaseDays(events, calendar, currency));
    last = Math.max(last, calendar.day(events.at(-1)!.at));
  }
  for (const [customer, days] of bought) trials.customer(customer, days, { calendar, last });
  const programmes = trials.effects(detect);
  if (programmes.length === 0)
    throw new Failure(
      `nobody was watched for ${within} days after an action: the last event is too early; wait, or take a smaller --within`,
    );
  return { currency, foreignOrders: foreignOrders(seen, currency), programmes };
}
