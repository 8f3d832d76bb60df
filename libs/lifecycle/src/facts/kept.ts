import { day as dayLength, type Calendar } from './calendar.js';
import { earlier, later, tally } from './latest.js';
import { currencyOf, keyOf, orderWidth, timeAt, totalOf, type OrderBook } from './order-book.js';
import type { Purchases, TakenBack, Windows } from './purchases.js';

/** What became of the orders that left the window. */
export interface Settled {
  readonly orders: number;
  readonly returned: number;
  readonly cancelled: number;
  /** Distinct days with a kept order; the first and the last of them, day numbers. */
  readonly days: number;
  readonly lastDay?: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  readonly firstOrderRevoked: boolean;
}

type Fate = Revoked['fate'] | 'kept';

/** An order of the book that was taken back wholly and in time. */
export interface Revoked {
  /** Where it stands in the book. */
  readonly from: number;
  readonly fate: 'returned' | 'cancelled';
  /** Some of its returns named an amount. */
  readonly named: boolean;
}

const none: readonly Revoked[] = [];

// Facts, guards and programmes ask for the same in a row.
let asked: Pick<Purchases, 'book' | 'takenBack'> & {
  readonly windows?: Windows;
  readonly revoked: typeof none;
} = { book: '', takenBack: [], revoked: none };

/** The orders of the book that are not kept, in order: one pass over it, however many returns there are. */
export function revokedOrders(known: Purchases, windows: Windows): readonly Revoked[] {
  if (known.takenBack.length === 0) return none;
  const { book, takenBack } = known;
  if (asked.takenBack !== takenBack || asked.windows !== windows || asked.book !== book)
    asked = { book, takenBack, windows, revoked: findRevoked(known, windows) };
  return asked.revoked;
}

function findRevoked({ book, takenBack }: Purchases, windows: Windows): readonly Revoked[] {
  const byKey = new Map<string, TakenBack[]>();
  for (const taken of takenBack) {
    const others = byKey.get(taken[0]);
    if (others) others.push(taken);
    else byKey.set(taken[0], [taken]);
  }
  const found: Revoked[] = [];
  for (let from = 0; from < book.length; from += orderWidth) {
    const taken = byKey.get(keyOf(book, from));
    const revoked = taken && revokedBy(taken, book, from, windows);
    if (revoked) found.push(revoked);
  }
  return found;
}

/**
 * What the returns under its id make of the order at `from`. One that is much later is none of its own, and one that is much
 * earlier neither, since a shop may begin again with its numbers.
 */
function revokedBy(
  taken: readonly TakenBack[],
  book: OrderBook,
  from: number,
  { returns }: Windows,
): Revoked | undefined {
  const at = timeAt(book, from);
  let amount = 0;
  let wholly = false;
  let cancelled = false;
  let named = false;
  for (const [, takenAt, value, whole, isCancelled] of taken) {
    if (Math.abs(takenAt - at) > returns * dayLength) continue;
    amount += value;
    named ||= value > 0;
    cancelled ||= isCancelled;
    wholly ||= whole || (value > 0 && amount >= totalOf(book, from));
  }
  return wholly ? { from, fate: cancelled ? 'cancelled' : 'returned', named } : undefined;
}

/** Works out anew which days of the book hold a kept order. */
export function keptDays(known: Purchases, calendar: Calendar, windows: Windows): Purchases {
  const days: number[] = [];
  let firstAt = known.settled?.firstAt;
  let lastAt = known.settled?.lastAt;
  const revoked = revokedOrders(known, windows);
  let next = 0;
  for (let from = 0; from < known.book.length; from += orderWidth) {
    if (revoked[next]?.from === from) {
      next++;
      continue;
    }
    const at = timeAt(known.book, from);
    firstAt = earlier(firstAt, at);
    lastAt = later(lastAt, at);
    const day = calendar.day(at);
    if (days.at(-1) !== day) days.push(day);
  }
  const rest: { -readonly [Key in keyof Purchases]: Purchases[Key] } = { ...known, days };
  delete rest.firstAt;
  delete rest.lastAt;
  return {
    ...rest,
    ...(firstAt === undefined ? {} : { firstAt }),
    ...(lastAt === undefined ? {} : { lastAt }),
  };
}

/**
 * Takes the orders before `end` out of the book, keeping what became of them, and lets go of returns that concern none of
 * those left: `cut` is the day before which orders leave. `end` lies between two days.
 */
export function settle(
  known: Purchases,
  end: number,
  cut: number,
  calendar: Calendar,
  windows: Windows,
): Purchases {
  let settled: Settled = known.settled ?? {
    orders: 0,
    returned: 0,
    cancelled: 0,
    days: 0,
    firstOrderRevoked: false,
  };
  let refunded = known.refunded;
  const revoked = revokedOrders(known, windows);
  let next = 0;
  for (let from = 0; from < end; from += orderWidth) {
    const its = revoked[next]?.from === from ? revoked[next++] : undefined;
    if (its) refunded = refundedFor(known, its, refunded);
    settled = withOrder(settled, its?.fate ?? 'kept', timeAt(known.book, from), calendar);
  }
  const book = known.book.slice(end);
  // An order of the book may have been taken back, by the clocks of others, before it was made.
  const takenBack = known.takenBack.filter(([, at]) => calendar.day(at) >= cut - windows.returns);
  const since = book === '' ? Infinity : calendar.day(timeAt(book, 0));
  const days = known.days.filter((day) => day >= since);
  return { ...known, book, days, takenBack, settled, refunded };
}

function withOrder(settled: Settled, fate: Fate, at: number, calendar: Calendar): Settled {
  const orders = settled.orders + 1;
  if (fate !== 'kept')
    return {
      ...settled,
      orders,
      [fate]: settled[fate] + 1,
      firstOrderRevoked: settled.firstOrderRevoked || settled.orders === 0,
    };
  const day = calendar.day(at);
  return {
    ...settled,
    orders,
    days: settled.days + (day === settled.lastDay ? 0 : 1),
    lastDay: Math.max(day, settled.lastDay ?? day),
    firstAt: earlier(settled.firstAt, at),
    lastAt: later(settled.lastAt, at),
  };
}

/** An order wholly taken back whose returns named no amount gives back its own total. */
export const refundedFor = (
  { book }: Purchases,
  { from, named }: Revoked,
  refunded: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> =>
  named ? refunded : tally(refunded, currencyOf(book, from), totalOf(book, from));
