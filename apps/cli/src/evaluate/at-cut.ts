import type { History } from '#analysis';
import { lifeOf, type Health, type Lifecycle, type Stage } from '#lifecycle';
import type { CustomerEvents } from '../fit/customers.js';
import { endOfDay } from '../fit/days.js';
import { historyOf, purchaseDays, type PurchaseDays, type Unit } from '../fit/purchases.js';

/** From the first event to the end of day `cut` is looked at; what comes until the end of day `until` is to be told. */
export interface Period {
  readonly cut: number;
  readonly until: number;
}

/** One customer as known at the end of the cut, and what came afterwards. */
export interface AtCut {
  readonly customer: string;
  readonly stage: Stage;
  readonly health: Health;
  /** The stage before dissolution; absent elsewhere. */
  readonly cameFrom?: Stage | undefined;
  /** Every known fact by name. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly history: History;
  readonly days: PurchaseDays;
  /** Purchase days, and spend in the currency asked for, after the cut. */
  readonly purchases: number;
  readonly spend: number;
}

/** Tells the customer's life until the cut as the definition has it; undefined for one who had not bought yet. */
export function atCut(
  lifecycle: Lifecycle,
  { customer, events }: CustomerEvents,
  calendar: { day(at: number): number; readonly zone: string },
  { cut, until, currency }: Period & { readonly currency?: string | undefined },
  unit: Unit,
): AtCut | undefined {
  const days = purchaseDays(events, calendar, currency);
  const history = historyOf(days, cut, unit);
  if (!history) return undefined;
  const end = endOfDay(cut, calendar.zone);
  const known = events.filter(({ at }) => at <= end);
  const { state, transitions } = lifeOf(lifecycle, customer, known, end);
  const ended = transitions.filter(({ to }) => to === 'dissolution').at(-1);
  const after = [...days].filter(([day]) => day > cut && day <= until);
  return {
    customer,
    stage: state.stage,
    health: state.health,
    ...(state.stage === 'dissolution' && { cameFrom: ended?.from as Stage | undefined }),
    facts: lifecycle.factsOf(state, end),
    history,
    days,
    purchases: after.length,
    spend: after.reduce((sum, [, value]) => sum + value, 0),
  };
}
