import type { DataOf } from '#contracts';
import type { Evidence } from '../../types.js';
import {
  addToMonth,
  expiryOf,
  pendingOf,
  spendableOf,
  takeOldest,
  type ByMonth,
  type Waiting,
} from './memory.js';
import { publish, type Work } from './work.js';

/** The tier counts this month and so many before it. */
export const tierMonths = 12;

/** Points for an order wait until `due`, ms. */
export function earn(work: Work, orderId: string, due: number, points: number): void {
  const { memory } = work;
  memory.waiting = withWaiting(memory.waiting, due, points);
  post(work, 'earned', 0, points, { orderId }, { tier: memory.tier });
}

/** What waits no longer pays the debt, and the rest can be spent from now on. */
export function release(work: Work): void {
  const { memory, moment, days, settings } = work;
  const { waiting } = memory;
  let points = 0;
  let ripe = 0;
  while (ripe < waiting.length && waiting[ripe]![0] <= moment.at) points += waiting[ripe++]![1];
  if (ripe === 0) return;
  const month = days.monthOf(moment.at);
  const paid = Math.min(points, Math.max(0, -memory.balance));
  const freed = points - paid;
  memory.waiting = waiting.slice(ripe);
  count(work, month, points);
  if (paid > 0) {
    post(work, 'debtPaid', paid, -paid, {}, {}, pendingOf(memory) + freed);
  }
  if (freed > 0) {
    memory.lots = addToMonth(memory.lots, month, freed);
    const expiresAt = days.monthStartIso(month + settings.expiryMonths + 1);
    post(work, 'released', freed, -freed, { expiresAt });
  }
}

/** Takes back the points of goods that came back: those that wait until `due` first, then the spendable, then as a debt. */
export function takeBack(work: Work, orderId: string, due: number, points: number): void {
  const { memory, moment, days } = work;
  const waits = memory.waiting.find(([until]) => until === due)?.[1] ?? 0;
  const held = spendableOf(memory);
  const pending = Math.min(points, waits);
  const spendable = Math.min(points - pending, held);
  const debt = points - pending - spendable;
  if (pending > 0) memory.waiting = withWaiting(memory.waiting, due, -pending);
  if (spendable > 0) memory.lots = takeOldest(memory.lots, spendable);
  if (spendable + debt > 0) count(work, days.monthOf(moment.at), -spendable - debt);
  const facts = { points: held };
  if (pending + spendable > 0) post(work, 'returned', -spendable, -pending, { orderId }, facts);
  if (debt > 0) post(work, 'debt', -debt, 0, { orderId }, facts);
}

/** At most what is spendable. */
export function spend(work: Work, redemptionId: string, points: number): void {
  const { memory } = work;
  memory.lots = takeOldest(memory.lots, points);
  post(work, 'redeemed', -points, 0, { redemptionId }, { points: spendableOf(memory) });
}

/** What was released long ago and not taken since. */
export function expire(work: Work): void {
  const { memory, moment, days, settings } = work;
  const { lots } = memory;
  let points = 0;
  let over = 0;
  while (over < lots.length && expiryOf(lots[over]![0], settings.expiryMonths, days) <= moment.at)
    points += lots[over++]![1];
  if (over === 0) return;
  memory.lots = lots.slice(over);
  post(work, 'expired', -points, 0);
}

type EntryData = DataOf<'points.changed.v1'>;
type Entry = { -readonly [Field in keyof Omit<EntryData, keyof Evidence | 'definition'>]: EntryData[Field] };
type Named = Pick<EntryData, 'orderId' | 'redemptionId' | 'expiresAt'>;

/** One entry; `pending` is what waits after it. */
function post(
  work: Work,
  reason: EntryData['reason'],
  change: number,
  pendingChange: number,
  named?: Named,
  facts?: EntryData['facts'],
  pending = pendingOf(work.memory),
): void {
  const { memory } = work;
  const balance = memory.balance + change;
  memory.balance = balance;
  const spendable = Math.max(0, balance);
  const data: Entry = { reason, change, balance, spendable, pendingChange, pending };
  if (named?.orderId !== undefined) data.orderId = named.orderId;
  if (named?.redemptionId !== undefined) data.redemptionId = named.redemptionId;
  if (named?.expiresAt !== undefined) data.expiresAt = named.expiresAt;
  publish(work, 'points.changed.v1', reason, data, reason, facts);
}

function count({ memory }: Work, month: number, points: number): void {
  memory.earned = since(addToMonth(memory.earned, month, points), month - tierMonths);
}

const since = (months: ByMonth, from: number): ByMonth =>
  months[0] !== undefined && months[0][0] < from ? months.filter(([month]) => month >= from) : months;

function withWaiting(waiting: Waiting, due: number, points: number): Waiting {
  let at = waiting.length;
  while (at > 0 && waiting[at - 1]![0] >= due) at--;
  const next = waiting.slice();
  const there = next[at];
  if (there === undefined) next.push([due, points]);
  else if (there[0] !== due) next.splice(at, 0, [due, points]);
  else if (there[1] + points === 0) next.splice(at, 1);
  else next[at] = [due, there[1] + points];
  return next;
}
