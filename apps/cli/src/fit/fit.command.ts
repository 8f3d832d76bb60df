import type { BuyingModel } from '#analysis';
import { loadDefinition } from '#lifecycle';
import type { Command } from '../context.js';
import { definitionText } from '../definition-text.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { printOne, table, type Format } from '../output.js';
import type { CustomerSource } from './customers.js';
import { isoDay } from './days.js';
import { buyingOf, materialOf, spendingParametersOf } from './fit-models.js';
import {
  currenciesIn,
  foreignNote,
  foreignOrders,
  toldCurrency,
  type OrderCurrencies,
} from './order-currencies.js';
import type { Unit } from './purchases.js';
import { fileSource } from './read-file.js';
import { topicSource } from './read-topics.js';
import { writeModel } from './write-model.js';

export interface FitArguments {
  readonly output: Format;
  /** A file of purchases; without it the purchases of the log. */
  readonly file?: string | undefined;
  /** The last day that counts, as days since 1970-01-01. */
  readonly until: number;
  readonly model: BuyingModel;
  readonly unit: Unit;
  readonly spend: boolean;
  /** A definition's file, into which the parameters go. */
  readonly write?: string | undefined;
}

/** `perennial fit`: how these customers buy and leave, as parameters of greatest likelihood. */
export const fit =
  ({ output, file, until, model, unit, spend, write }: FitArguments): Command =>
  async ({ terminal, config, backends }) => {
    if (write !== undefined && model !== 'mbg-nbd')
      throw new Failure(
        `--write takes mbg-nbd alone: ${model} holds every one-time buyer for alive, so the engine does not reckon with it`,
        exitCode.usage,
      );
    const { settings, costs } = loadDefinition(await definitionText(config), config.definition);
    const { calendar } = settings;
    const source: CustomerSource =
      file === undefined
        ? topicSource((await backends()).log, config.topicPrefix, [
            'purchase.events.v1',
            'lifecycle.inbox.v1',
          ])
        : fileSource(file, calendar.zone);
    terminal.progress(`reading ${source.name}`);
    const seen = spend ? await currenciesIn(source) : noCurrencies;
    const currency = spend ? toldCurrency(seen, costs?.currency) : undefined;
    const material = await materialOf(source, calendar, { until, unit, currency });
    terminal.progress(`fitting ${model} to ${material.histories.length.toLocaleString('en')} customers`);
    const buying = buyingOf(model, material);
    const value = spend ? spendingParametersOf(material) : undefined;
    const note = foreignNote(foreignOrders(seen, currency), currency);
    if (note !== undefined) terminal.say(note);
    if (write !== undefined) {
      await writeModel(write, { buying, spend: value, unit, until });
      terminal.say(
        `${write}: the section 'model' now holds these parameters. Engines that know this name and version take it under a higher version.`,
      );
    }
    const { r, alpha, a, b, logLikelihood, customers } = buying;
    const result = {
      ...{ model, r, alpha, a, b, logLikelihood, customers },
      ...(value && {
        spend: { p: value.p, q: value.q, gamma: value.gamma, logLikelihood: value.logLikelihood },
      }),
    };
    await printOne(terminal, output, result, () => {
      const heading = `${customers} customers who had bought by ${isoDay(until)}; time in ${unit}\n`;
      const { spend: values, ...rest } = result;
      const rows = [
        rest,
        ...(values ? [{ model: 'gamma-gamma', ...values, customers: value!.customers }] : []),
      ];
      return heading + rows.map((row) => table([row], Object.keys(row))).join('');
    });
    return exitCode.ok;
  };

const noCurrencies: OrderCurrencies = new Map();
