import { day as dayLength, type Calendar } from './calendar.js';
import { earlier, later, tally } from './latest.js';
import { currencyOf, keyOf, ordersOf, orderWidth, timeAt, totalOf, type OrderBook } from './order-book.js';
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

export type Fate = 'kept' | 'returned' | 'cancelled';

/** What became of the order at `from` in the book: taken back wholly, in time, or kept. */
export function fateOf({ book, takenBack }: Purchases, from: number, windows: Windows): Fate {
  if (takenBack.length === 0) return 'kept';
  let amount = 0;
  let wholly = false;
  let cancelled = false;
  for (const taken of takenBack) {
    if (!concerns(taken, book, from, windows)) continue;
    amount += taken[2];
    cancelled ||= taken[4];
    wholly ||= taken[3] || (taken[2] > 0 && amount >= totalOf(book, from));
  }
  return wholly ? (cancelled ? 'cancelled' : 'returned') : 'kept';
}

/**
 * Whether a return is one of the order at `from`: not much later, and not much earlier either, since a shop may begin again with its
 * numbers.
 */
const concerns = ([key, at]: TakenBack, book: OrderBook, from: number, windows: Windows): boolean =>
  key === keyOf(book, from) && Math.abs(at - timeAt(book, from)) <= windows.returns * dayLength;

/** Where in the book the orders stand of which something was taken back, in order. All others are kept. */
export function touchedOrders({ book, takenBack }: Purchases): readonly number[] {
  if (takenBack.length === 0) return none;
  const found = new Set<number>();
  for (const [key] of takenBack) for (const from of ordersOf(book, key)) found.add(from);
  return [...found].sort((a, b) => a - b);
}

const none: readonly number[] = [];

/** Works out anew which days of the book hold a kept order. */
export function keptDays(known: Purchases, calendar: Calendar, windows: Windows): Purchases {
  const days: number[] = [];
  let firstAt = known.settled?.firstAt;
  let lastAt = known.settled?.lastAt;
  for (let from = 0; from < known.book.length; from += orderWidth) {
    if (fateOf(known, from, windows) !== 'kept') continue;
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
  for (let from = 0; from < end; from += orderWidth) {
    const fate = fateOf(known, from, windows);
    if (fate !== 'kept') refunded = refundedFor(known, from, refunded, windows);
    settled = withOrder(settled, fate, timeAt(known.book, from), calendar);
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
export function refundedFor(
  { book, takenBack }: Purchases,
  from: number,
  refunded: Readonly<Record<string, number>>,
  windows: Windows,
): Readonly<Record<string, number>> {
  const named = takenBack.some((taken) => taken[2] > 0 && concerns(taken, book, from, windows));
  return named ? refunded : tally(refunded, currencyOf(book, from), totalOf(book, from));
}
