import type { FactName } from '#contracts';
import { day, isoDay } from './calendar.js';
import { refundedFor, revokedOrders, type Revoked } from './kept.js';
import { noPurchases, type LastOrder, type Purchases } from './purchases.js';
import type { Reader, Reading } from './read.js';
import { deviationOf, firstFrom, overdueAfter, rhythmOf, usualGap, type Rhythm } from './rhythm.js';

const purchasesOf = ({ facts }: Reading): Purchases => facts.purchases ?? noPurchases;
const dayOf = ({ settings }: Reading, at: number) => settings.calendar.day(at);
const countOf = ({ settled, days }: Purchases) => (settled?.days ?? 0) + days.length;
const thousand = 1000;

const lastOrder =
  (read: (last: LastOrder, at: number) => unknown): Reader =>
  (it) => {
    const last = purchasesOf(it).lastOrder;
    return last && read(last[0], last[1]);
  };

export const purchaseReaders = {
  orders: (it) => purchasesOf(it).orders,
  keptOrders: (it) => purchasesOf(it).orders - revoked(it, 'returned') - revoked(it, 'cancelled'),
  ordersReturned: (it) => revoked(it, 'returned'),
  ordersCancelled: (it) => revoked(it, 'cancelled'),
  returns: (it) => purchasesOf(it).returns,
  lastReturnAt: (it) => purchasesOf(it).lastReturnAt,
  firstOrderRevoked: (it) => {
    const known = purchasesOf(it);
    if (known.settled) return known.settled.firstOrderRevoked;
    return revokedOrders(known, it.settings.windows)[0]?.from === 0;
  },
  purchases: (it) => countOf(purchasesOf(it)),
  recentPurchases: recent,
  recentRate: (it) => (recent(it) * it.settings.cycle) / it.settings.windows.recent,
  frequency: (it) => Math.max(0, countOf(purchasesOf(it)) - 1),
  recency: (it) => {
    const { firstAt, lastAt } = purchasesOf(it);
    return firstAt === undefined || lastAt === undefined ? undefined : dayOf(it, lastAt) - dayOf(it, firstAt);
  },
  age: (it) => {
    const { firstAt } = purchasesOf(it);
    return firstAt === undefined ? undefined : Math.max(0, dayOf(it, it.at) - dayOf(it, firstAt));
  },
  firstPurchaseAt: (it) => purchasesOf(it).firstAt,
  lastPurchaseAt: (it) => purchasesOf(it).lastAt,
  firstPurchaseDay: (it) => dayText(it, purchasesOf(it).firstAt),
  lastPurchaseDay: (it) => dayText(it, purchasesOf(it).lastAt),
  daysSincePurchase: (it) => {
    const { lastAt } = purchasesOf(it);
    return lastAt === undefined ? undefined : Math.max(0, Math.floor((it.at - lastAt) / day));
  },
  gapBeforeLastPurchase: (it) => {
    const { days, settled } = purchasesOf(it);
    const before = days.at(-2) ?? settled?.lastDay;
    return days.length === 0 || before === undefined ? undefined : days.at(-1)! - before;
  },
  gapMean: (it) => rhythm(it).mean,
  gapDeviation: (it) => deviationOf(purchasesOf(it).days, windowFrom(it)),
  usualGap: usual,
  overdueAfter: (it) => overdueAfter(usual(it), it.settings.overdueFloor),
  overdueAt: (it) => {
    const { lastAt } = purchasesOf(it);
    if (lastAt === undefined) return undefined;
    const { overdueFloor } = it.settings;
    return lastAt + Math.ceil(overdueAfter(usual(it), overdueFloor) * day);
  },
  spend: spendOf,
  lastOrderAt: lastOrder((_, at) => at),
  lastOrderId: lastOrder(({ orderId }) => orderId),
  lastOrderValue: lastOrder(({ total }) => total / thousand),
  lastOrderCurrency: lastOrder(({ currency }) => currency),
  orderValueMean: (it) => {
    const { lastOrder: last, sum, count } = purchasesOf(it);
    return last && sum[last[0].currency]! / count[last[0].currency]! / thousand;
  },
  orderValueMeanBefore: (it) => {
    const { lastOrder: last, sum, count } = purchasesOf(it);
    if (!last) return undefined;
    const { currency, total } = last[0];
    const before = count[currency]! - 1;
    return before === 0 ? undefined : (sum[currency]! - total) / before / thousand;
  },
  items: (it) => purchasesOf(it).items / thousand,
  categories: (it) => purchasesOf(it).categories,
  categoryCount: (it) => purchasesOf(it).categories.length,
  discountedOrders: (it) => purchasesOf(it).discounted,
} satisfies Partial<Record<FactName, Reader>>;

// Guards and the definition's timers ask the same several times in a row.
let countedOf: readonly number[] = [];
let countedOn = NaN;
let countedWindow = NaN;
let counted = 0;

function recent(it: Reading): number {
  const { days } = purchasesOf(it);
  const today = dayOf(it, it.at);
  const { recent: window } = it.settings.windows;
  if (countedOf !== days || countedOn !== today || countedWindow !== window) {
    counted = Math.max(0, firstFrom(days, today + 1) - firstFrom(days, today - window + 1));
    countedOf = days;
    countedOn = today;
    countedWindow = window;
  }
  return counted;
}

function dayText(it: Reading, at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoDay(dayOf(it, at));
}

function revoked(it: Reading, fate: Revoked['fate']): number {
  const known = purchasesOf(it);
  let count = known.settled?.[fate] ?? 0;
  for (const one of revokedOrders(known, it.settings.windows)) if (one.fate === fate) count++;
  return count;
}

function rhythm(it: Reading): Rhythm {
  const { days } = purchasesOf(it);
  return rhythmOf(days, windowFrom(it));
}

let asked: { readonly days: readonly number[]; readonly settings: unknown; readonly usual: number } = {
  days: [],
  settings: undefined,
  usual: 0,
};

function usual(it: Reading): number {
  const { settings } = it;
  const { days } = purchasesOf(it);
  if (asked.days !== days || asked.settings !== settings)
    asked = { days, settings, usual: usualGap(rhythm(it), settings.cycle) };
  return asked.usual;
}

function windowFrom(it: Reading): number {
  return (purchasesOf(it).days.at(-1) ?? 0) - it.settings.windows.purchases;
}

function spendOf(it: Reading): Readonly<Record<string, number>> {
  const known = purchasesOf(it);
  let refunded = known.refunded;
  for (const one of revokedOrders(known, it.settings.windows)) refunded = refundedFor(known, one, refunded);
  const spend: Record<string, number> = {};
  for (const currency of Object.keys(known.sum).sort())
    spend[currency] = Math.max(0, known.sum[currency]! - (refunded[currency] ?? 0)) / thousand;
  return spend;
}
