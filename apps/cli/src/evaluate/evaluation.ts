import type { BuyingParameters } from '#analysis';
import { hashId, stages } from '#contracts';
import { createLifecycle, loadDefinition, usualCycle, type Definition } from '#lifecycle';
import type { CustomerSource } from '../fit/customers.js';
import { endOfDay, isoDay } from '../fit/days.js';
import { buyingOf, type Fitted } from '../fit/fit-models.js';
import {
  foreignOrders,
  noteCurrencies,
  toldCurrency,
  type OrderCurrencies,
} from '../fit/order-currencies.js';
import { historyOf, purchaseDays, units, type Unit } from '../fit/purchases.js';
import { withModel } from '../fit/write-model.js';
import { Failure } from '../failure.js';
import { atCut, type AtCut, type Period } from './at-cut.js';
import { cellsOf, type Cell } from './cells.js';
import { byFrequency, tracking, type ByFrequency, type Tracked } from './purchases-told.js';
import { scoreRows, type ScoreRow } from './scores.js';
import { standings } from './standing.js';

export interface Evaluation {
  /** `name@version` */
  readonly definition: string;
  /** Days, in the definition's zone. */
  readonly calibratedUntil: string;
  readonly until: string;
  readonly customers: number;
  /** In which spend is told; absent where all orders are in one. */
  readonly currency?: string | undefined;
  /** Orders in other currencies: purchases, of which nothing is added up. */
  readonly foreignOrders: number;
  /** Those whose purchases gave `cycle` and the model; others than are shown where halves were asked for. */
  readonly fittedOn: number;
  /** Days, as it was in force. */
  readonly cycle: number;
  readonly model: Omit<Fitted<BuyingParameters>, 'customers'> & { readonly unit: Unit };
  /** Of all: the share who bought again, and mean spend. */
  readonly all: Cell;
  readonly stages: readonly Cell[];
  readonly standings: readonly Cell[];
  /** Those in dissolution, by the stage before it. */
  readonly dissolvedFrom: readonly Cell[];
  readonly scores: readonly ScoreRow[];
  readonly byFrequency: readonly ByFrequency[];
  readonly tracking: readonly Tracked[];
}

export interface EvaluationRequest {
  readonly source: CustomerSource;
  readonly definition: Definition;
  /** Days since 1970-01-01. */
  readonly cut: number;
  /** Absent: the day of the last purchase. */
  readonly until?: number | undefined;
  readonly unit: Unit;
  /** Fit `cycle` and the model on one half of the customers, and show the other. */
  readonly halves: boolean;
  readonly progress: (text: string) => void;
}

/** The customers shown, as known at the cut, and by what they were told. */
export interface Told {
  readonly period: Period;
  readonly fitted: Fitted<BuyingParameters>;
  /** With its cycle and model as fitted. */
  readonly definition: Definition;
  readonly rows: readonly AtCut[];
  readonly seen: OrderCurrencies;
  readonly currency?: string | undefined;
}

/** @throws Failure where the data do not let anything be told. */
export async function tell(request: EvaluationRequest): Promise<Told> {
  const { source, unit, halves, progress, definition: given } = request;
  progress(`reading ${source.name}`);
  const { period, histories, cycle, seen } = await look(request);
  const currency = toldCurrency(seen, given.costs?.currency);
  progress(`fitting mbg-nbd to ${histories.length} customers`);
  const fitted = buyingOf('mbg-nbd', { histories, spendings: [] });
  const definition = fittedDefinition(given, cycle, fitted, { unit, cut: period.cut });
  const lifecycle = createLifecycle(definition);
  const rows: AtCut[] = [];
  for await (const customer of source.read()) {
    if (halves && inFirstHalf(customer.customer)) continue;
    const row = atCut(lifecycle, customer, definition.settings.calendar, { ...period, currency }, unit);
    if (row && rows.push(row) % 500 === 0)
      progress(`${rows.length} customers told until ${isoDay(period.cut)}`);
  }
  return { period, fitted, definition, rows, seen, currency };
}

/** Whether a definition's stages and healths mean what they say. @throws Failure where the data do not let it be told. */
export async function evaluate(request: EvaluationRequest): Promise<Evaluation> {
  const { source, unit, progress } = request;
  const { period, fitted, definition, rows, seen, currency } = await tell(request);
  if (rows.every(({ purchases }) => purchases === 0))
    throw new Failure(
      `${source.name}: nobody who had bought by ${isoDay(period.cut)} bought again by ${isoDay(period.until)}`,
    );
  progress(`scoring ${rows.length} customers`);
  const { calendar, cycle } = definition.settings;
  const span = (period.until - period.cut) / units[unit];
  const { customers: fittedOn, ...model } = fitted;
  const foreign = foreignOrders(seen, currency);
  return {
    definition: `${definition.name}@${definition.version}`,
    calibratedUntil: isoDay(period.cut),
    until: isoDay(period.until),
    customers: rows.length,
    ...(foreign > 0 && { currency }),
    foreignOrders: foreign,
    fittedOn,
    cycle,
    model: { ...model, unit },
    all: cellsOf(rows, ['all'], () => 'all')[0]!,
    ...standingCells(rows),
    scores: scoreRows(rows, fitted, { at: endOfDay(period.cut, calendar.zone), span }),
    byFrequency: byFrequency(rows, fitted, span),
    tracking: tracking(rows, fitted, { ...period, unit }),
  };
}

/** What came of those who stood alike. */
export const standingCells = (
  rows: readonly AtCut[],
): Pick<Evaluation, 'stages' | 'standings' | 'dissolvedFrom'> => ({
  stages: cellsOf(rows, stages, ({ stage }) => stage),
  standings: cellsOf(rows, standings.map(nameOf), nameOf),
  dissolvedFrom: cellsOf(rows, stages, ({ cameFrom }) => cameFrom),
});

const nameOf = ({ stage, health }: Pick<AtCut, 'stage' | 'health'>) =>
  health === 'none' ? stage : `${stage}, ${health === 'atRisk' ? 'at risk' : health}`;

/** A customer's half, by a hash of the id: the same for ever. */
const inFirstHalf = (customer: string) => parseInt(hashId('half', customer).slice(0, 2), 16) % 2 === 0;

/** The period, what the model is fitted on, and where halves were asked for the cycle of these customers. */
async function look({ source, definition, cut, until, unit, halves }: EvaluationRequest) {
  const { calendar } = definition.settings;
  const histories = [];
  const gaps: number[] = [];
  const seen: OrderCurrencies = new Map();
  let [first, last] = [Infinity, -Infinity];
  for await (const { customer, events } of source.read()) {
    noteCurrencies(seen, events);
    const days = purchaseDays(events, calendar);
    for (const day of days.keys()) [first, last] = [Math.min(first, day), Math.max(last, day)];
    const history = halves && !inFirstHalf(customer) ? undefined : historyOf(days, cut, unit);
    if (!history) continue;
    histories.push(history);
    if (history.frequency > 0) gaps.push((history.recency * units[unit]) / history.frequency);
  }
  if (first === Infinity)
    throw new Failure(
      `${source.name}: holds no purchases; 'perennial publish' or 'perennial import' bring them`,
    );
  const period: Period = { cut, until: until ?? last };
  if (histories.length === 0 || period.until <= cut || last <= cut)
    throw new Failure(
      `${source.name}: the purchases lie between ${isoDay(first)} and ${isoDay(last)}; --calibrate-until must leave some of them on either side`,
    );
  return { period, histories, cycle: halves ? usualCycle(gaps) : undefined, seen };
}

/**
 * The definition with its cycle and model as these customers have them. Only the loyalty programme is left in it: facts rest on no
 * other programme, and nothing is to be sent.
 */
function fittedDefinition(
  given: Definition,
  cycle: number | undefined,
  buying: Fitted<BuyingParameters>,
  { unit, cut }: { readonly unit: Unit; readonly cut: number },
): Definition {
  const source = withModel(given.source, { buying, unit, until: cut });
  const definition = loadDefinition(
    cycle === undefined ? source : source.replace(/^cycle:.*$/m, `cycle: ${Math.round(cycle * 10) / 10}`),
  );
  return {
    ...definition,
    programmes: definition.programmes.filter(({ programme }) => programme.name === 'loyalty'),
  };
}
