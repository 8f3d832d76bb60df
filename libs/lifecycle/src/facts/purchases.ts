import type { DataOf } from '#contracts';
import { copied } from '../copied.js';
import { day as dayLength, type Calendar } from './calendar.js';
import { later, latest, tally, type Latest } from './latest.js';
import { insertOrder, orderEntry, orderKey, orderWidth, timeAt, type OrderBook } from './order-book.js';
import { keptDays, settle, type Settled } from './kept.js';

/** A return or cancellation: order key, time in ms, amount in thousandths, and whether nothing of the order is kept. */
export type TakenBack = readonly [
  key: string,
  at: number,
  amount: number,
  whole: boolean,
  cancelled: boolean,
];

export interface LastOrder {
  readonly orderId: string;
  readonly total: number;
  readonly currency: string;
}

/** What is known of a customer's purchases. Amounts are whole thousandths, so that sums do not depend on order. */
export interface Purchases {
  readonly orders: number;
  readonly book: OrderBook;
  readonly takenBack: readonly TakenBack[];
  /** Days (day numbers) of the book with a kept order, ascending; first and last kept order, ms. */
  readonly days: readonly number[];
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** What left the window. */
  readonly settled?: Settled;
  readonly count: Readonly<Record<string, number>>;
  readonly sum: Readonly<Record<string, number>>;
  readonly refunded: Readonly<Record<string, number>>;
  readonly lastOrder?: Latest<LastOrder>;
  readonly lastReturnAt?: number;
  readonly items: number;
  readonly discounted: number;
  readonly categories: readonly string[];
  readonly returns: number;
}

/** How long facts look back, in days. */
export interface Windows {
  /** Purchase days older than this only count. */
  readonly purchases: number;
  /** A return further than this from its order, mostly after it, does not undo the purchase. */
  readonly returns: number;
  readonly recent: number;
}

export const noPurchases: Purchases = {
  orders: 0,
  book: '',
  takenBack: [],
  days: [],
  count: {},
  sum: {},
  refunded: {},
  items: 0,
  discounted: 0,
  categories: [],
  returns: 0,
};

const mostCategories = 64;
const mostOrders = 1_000;
const mostTakenBack = 256;
const thousandths = (amount: number) => Math.round(amount * 1000);

export type Order = DataOf<'order.completed.v1'>;
export type Return = DataOf<'order.returned.v1'>;

/** Whether an order bought anything: a total of 0 without goods is a visit. */
export const isPurchase = (order: Order): boolean =>
  order.total > 0 || order.products.some(({ quantity }) => quantity > 0);

export function foldOrder(
  known: Purchases,
  order: Order,
  at: number,
  tie: string,
  { calendar, windows }: { readonly calendar: Calendar; readonly windows: Windows },
): Purchases {
  const { orderId, currency } = order;
  const total = thousandths(order.total);
  const key = orderKey(orderId);
  const entry = orderEntry(at, key, total, currency);
  const isLatest = known.lastOrder === undefined || at > known.lastOrder[1];
  const { book, last } = isLatest ? { book: known.book + entry, last: true } : insertOrder(known.book, entry);
  const draft = copied(known);
  draft.orders++;
  draft.book = book;
  draft.count = tally(known.count, currency);
  draft.sum = tally(known.sum, currency, total);
  draft.lastOrder = latest(known.lastOrder, { orderId, total, currency }, at, tie);
  for (const { quantity, category } of order.products) {
    draft.items += thousandths(quantity);
    if (category !== undefined) draft.categories = withCategory(draft.categories, category);
  }
  if ((order.discount ?? 0) > 0 || order.coupon !== undefined) draft.discounted++;
  const taken = known.takenBack.length > 0 && known.takenBack.some((it) => it[0] === key);
  if (!last || taken) return keptDays(draft, calendar, windows);
  const day = calendar.day(at);
  if (known.days.at(-1) !== day) draft.days = withDay(known.days, day);
  draft.firstAt ??= at;
  draft.lastAt = at;
  return draft;
}

/** Spread and concat take several times as long for as many days as a year holds. */
function withDay(days: readonly number[], day: number): readonly number[] {
  const next = new Array<number>(days.length + 1);
  for (let i = 0; i < days.length; i++) next[i] = days[i]!;
  next[days.length] = day;
  return next;
}

export function foldReturn(
  known: Purchases,
  taken: Return,
  cancelled: boolean,
  at: number,
  { calendar, windows }: { readonly calendar: Calendar; readonly windows: Windows },
): Purchases {
  const { total, currency, products } = taken;
  const whole = taken.whole ?? (total === undefined && products === undefined);
  const entry: TakenBack = [orderKey(taken.orderId), at, thousandths(total ?? 0), whole, cancelled];
  const takenBack = [...known.takenBack, entry].sort(byTime).slice(-mostTakenBack);
  const next: Purchases = {
    ...known,
    takenBack,
    returns: known.returns + (cancelled ? 0 : 1),
    lastReturnAt: later(known.lastReturnAt, at),
    refunded:
      total === undefined || currency === undefined
        ? known.refunded
        : tally(known.refunded, currency, thousandths(total)),
  };
  return keptDays(next, calendar, windows);
}

/** Whether something may be older than the window before `latest` (ms). Says no without reading the book where it can. */
export function mayAgeOut(
  { book, takenBack, settled, firstAt }: Purchases,
  latest: number,
  { windows }: { readonly windows: Windows },
): boolean {
  if (book === '') return false;
  if (book.length > mostOrders * orderWidth) return true;
  // Of one who never took anything back, the first kept order stands first in the book.
  const first = firstAt !== undefined && takenBack.length === 0 && !settled ? firstAt : timeAt(book, 0);
  return latest - first >= (windows.purchases + windows.returns - 1) * dayLength;
}

/** Lets go of what is older than the window before `latestDay`; it stays as counts. */
export function ageOut(
  known: Purchases,
  latestDay: number,
  { calendar, windows }: { readonly calendar: Calendar; readonly windows: Windows },
): Purchases {
  const { book } = known;
  if (book === '') return known;
  const cut = latestDay - windows.purchases - windows.returns;
  const dayAt = (from: number) => calendar.day(timeAt(book, from));
  let end = Math.max(0, book.length - mostOrders * orderWidth);
  while (end < book.length && dayAt(end) < cut) end += orderWidth;
  if (end === 0) return known;
  // Whole days leave, so that none is counted on both sides.
  while (end < book.length && dayAt(end) === dayAt(end - orderWidth)) end += orderWidth;
  return settle(known, end, cut, calendar, windows);
}

function withCategory(categories: readonly string[], category: string): readonly string[] {
  if (categories.includes(category)) return categories;
  return [...categories, category].sort().slice(0, mostCategories);
}

function byTime(a: TakenBack, b: TakenBack): number {
  return a[1] - b[1] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[2] - b[2] || Number(a[3]) - Number(b[3]));
}
