import {
  fitBuying,
  fitSpending,
  type BuyingModel,
  type BuyingParameters,
  type Fit,
  type History,
  type Spending,
  type SpendingParameters,
} from '#analysis';
import { Failure } from '../failure.js';
import type { CustomerSource } from './customers.js';
import { isoDay } from './days.js';
import { ordersIn } from './order-currencies.js';
import { historyOf, purchaseDays, spendingOf, type Unit } from './purchases.js';

/** Parameters with their log-likelihood and on how many customers they rest. */
export type Fitted<Parameters> = Parameters & { readonly logLikelihood: number; readonly customers: number };

export interface Material {
  readonly histories: readonly History[];
  readonly spendings: readonly Spending[];
}

/**
 * What the models are fitted on: the customers who had bought by the end of the day `until`, and what they spent in `currency`.
 * @throws Failure where nobody had.
 */
export async function materialOf(
  source: CustomerSource,
  calendar: { day(at: number): number },
  {
    until,
    unit,
    currency,
  }: { readonly until: number; readonly unit: Unit; readonly currency?: string | undefined },
): Promise<Material> {
  const [histories, spendings]: [History[], Spending[]] = [[], []];
  let [first, last] = [Infinity, -Infinity];
  for await (const { events } of source.read()) {
    const days = purchaseDays(events, calendar);
    for (const day of days.keys()) [first, last] = [Math.min(first, day), Math.max(last, day)];
    const history = historyOf(days, until, unit);
    const spending = spendingOf(
      currency === undefined ? days : purchaseDays(ordersIn(currency, events), calendar),
      until,
    );
    if (history) histories.push(history);
    if (spending) spendings.push(spending);
  }
  if (first === Infinity)
    throw new Failure(
      `${source.name}: holds no purchases; 'perennial publish' or 'perennial import' bring them`,
    );
  if (histories.length === 0)
    throw new Failure(
      `${source.name}: nobody had bought by ${isoDay(until)}; the purchases lie between ${isoDay(first)} and ${isoDay(last)}`,
    );
  return { histories, spendings };
}

/** @throws Failure saying why there are no parameters, and what to do. */
export const buyingOf = (model: BuyingModel, { histories }: Material): Fitted<BuyingParameters> =>
  parametersOf(model, fitBuying(model, histories));

/** @throws Failure likewise. */
export const spendingParametersOf = ({ spendings }: Material): Fitted<SpendingParameters> =>
  parametersOf('gamma-gamma', fitSpending(spendings));

function parametersOf<Parameters>(model: string, fit: Fit<Parameters>): Fitted<Parameters> {
  if (!fit.ok) throw new Failure(`${model}: ${whyNot[fit.reason]}`);
  const { parameters, logLikelihood, customers } = fit;
  return { ...parameters, logLikelihood, customers };
}

const whyNot: Readonly<Record<Extract<Fit<never>, { ok: false }>['reason'], string>> = {
  empty: 'nobody bought again for a value above 0: without that it cannot be told what a purchase is worth',
  noRepeats:
    'nobody bought again by then: without a repeat it cannot be told how often they do; take a later --until',
  doesNotConverge:
    'does not converge: these customers leave a parameter open (too few, too alike, or watched for too short). ' +
    'Take more customers or a later --until; where only some differ, fit them apart',
};
