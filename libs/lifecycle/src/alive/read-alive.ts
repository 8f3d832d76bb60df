import {
  ageAtProbability,
  aliveProbability,
  expectedPurchases,
  expectedSpend,
  type BuyingParameters,
  type History,
} from '#analysis';
import type { FactName } from '#contracts';
import { day } from '../facts/calendar.js';
import type { Reader, Reading } from '../facts/read.js';
import { purchaseReaders } from '../facts/read-purchases.js';
import type { Model } from './model.js';

interface Known {
  readonly model: Model;
  readonly parameters: BuyingParameters;
  /** One unit of the model's time, ms. */
  readonly unit: number;
  readonly lastAt: number;
  /** In the model's unit: purchase days as the model was fitted on, and silence since the last purchase to the moment. */
  readonly history: History;
}

function known(it: Reading): Known | undefined {
  const { model } = it.settings;
  const { lastAt } = it.facts.purchases ?? {};
  if (model === undefined || lastAt === undefined) return undefined;
  const unit = (model.unit === 'weeks' ? 7 : 1) * day;
  const recency = (purchaseReaders.recency(it)! * day) / unit;
  const { r, alpha, a, b } = model;
  return {
    model,
    parameters: { model: 'mbg-nbd', r, alpha, a, b },
    unit,
    lastAt,
    history: {
      frequency: purchaseReaders.frequency(it),
      recency,
      age: recency + Math.max(0, it.at - lastAt) / unit,
    },
  };
}

const whereKnown =
  (read: (known: Known, reading: Reading) => number | undefined): Reader =>
  (it) => {
    const found = known(it);
    return found && read(found, it);
  };

const purchasesAhead = ({ parameters, history, model, unit }: Known) =>
  expectedPurchases(parameters, history, (model.horizonDays * day) / unit);

/** Further than any timer should reach. */
const mostDays = 36_525;

/** What the definition's `model` says of a customer. Reckoned when asked, and never otherwise; unknown without a model or a purchase. */
export const aliveReaders = {
  aliveProbability: whereKnown(({ parameters, history }) => aliveProbability(parameters, history)),
  expectedPurchases: whereKnown(purchasesAhead),
  expectedValue: whereKnown((it, reading) => {
    const { spend } = it.model;
    const currency = purchaseReaders.lastOrderCurrency(reading) as string | undefined;
    if (spend === undefined || currency === undefined) return undefined;
    const purchases = it.history.frequency + 1;
    const mean = (purchaseReaders.spend(reading)[currency] ?? 0) / purchases;
    return purchasesAhead(it) * expectedSpend(spend, { purchases, mean });
  }),
  leavingAt: whereKnown(({ model, parameters, history, unit, lastAt }) => {
    const silence = ageAtProbability(parameters, history, model.leavingBelow) - history.recency;
    const after = Math.ceil(Math.max(0, silence * unit));
    return after > mostDays * day ? undefined : lastAt + after;
  }),
} satisfies Partial<Record<FactName, Reader>>;
