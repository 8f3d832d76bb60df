import type { DataOf } from '#contracts';
import {
  addToMonth,
  expiryOf,
  pendingOf,
  spendableOf,
  takeOldest,
  type ByMonth,
  type Waiting,
} from './memory.js';
import { publish, remember, type Work } from './work.js';

/** The tier counts this month and so many before it. */
export const tierMonths = 12;

/** Points for an order wait until `due`, ms. */
export function earn(work: Work, orderId: string, due: number, points: number): void {
  const { waiting, tier = null } = work.memory;
  remember(work, { waiting: withWaiting(waiting, due, points) });
  post(work, 'earned', { pendingChange: points, orderId }, { tier });
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
  const expiresAt = new Date(expiryOf(month, settings.expiryMonths, days)).toISOString();
  count(work, month, points);
  remember(work, { waiting: waiting.slice(ripe) });
  const still = pendingOf(work.memory);
  if (paid > 0) post(work, 'debtPaid', { change: paid, pendingChange: -paid, pending: still + freed });
  if (freed === 0) return;
  remember(work, { lots: addToMonth(work.memory.lots, month, freed) });
  post(work, 'released', { change: freed, pendingChange: -freed, expiresAt });
}

/** Takes back the points of goods that came back: those that wait until `due` first, then the spendable, then as a debt. */
export function takeBack(work: Work, orderId: string, due: number, points: number): void {
  const { memory, moment, days } = work;
  const waits = memory.waiting.find(([until]) => until === due)?.[1] ?? 0;
  const pending = Math.min(points, waits);
  const spendable = Math.min(points - pending, spendableOf(memory));
  const debt = points - pending - spendable;
  if (pending > 0) remember(work, { waiting: withWaiting(memory.waiting, due, -pending) });
  if (spendable + debt > 0) count(work, days.monthOf(moment.at), -spendable - debt);
  if (pending + spendable > 0) {
    remember(work, { lots: takeOldest(memory.lots, spendable) });
    post(work, 'returned', { change: -spendable, pendingChange: -pending, orderId });
  }
  if (debt > 0) post(work, 'debt', { change: -debt, orderId }, { points: spendableOf(memory) });
}

/** At most what is spendable. */
export function spend(work: Work, redemptionId: string, points: number): void {
  const { lots } = work.memory;
  remember(work, { lots: takeOldest(lots, points) });
  post(work, 'redeemed', { change: -points, redemptionId }, { points: spendableOf(work.memory) });
}

/** What was released long ago and not taken since. */
export function expire(work: Work): void {
  const { moment, days, settings } = work;
  const { lots } = work.memory;
  let points = 0;
  let over = 0;
  while (over < lots.length && expiryOf(lots[over]![0], settings.expiryMonths, days) <= moment.at)
    points += lots[over++]![1];
  if (over === 0) return;
  remember(work, { lots: lots.slice(over) });
  post(work, 'expired', { change: -points });
}

type EntryData = DataOf<'points.changed.v1'>;
type Posting = Partial<
  Pick<EntryData, 'change' | 'pendingChange' | 'pending' | 'orderId' | 'redemptionId' | 'expiresAt'>
>;

function post(work: Work, reason: EntryData['reason'], posting: Posting, facts?: EntryData['facts']): void {
  const { change = 0, pendingChange = 0, pending = pendingOf(work.memory), ...named } = posting;
  const balance = work.memory.balance + change;
  if (change !== 0) remember(work, { balance });
  const spendable = Math.max(0, balance);
  const data = { reason, change, balance, spendable, pendingChange, pending, ...named };
  publish(work, 'points.changed.v1', reason, data, reason, facts);
}

function count(work: Work, month: number, points: number): void {
  const kept = addToMonth(work.memory.earned, month, points);
  remember(work, { earned: since(kept, month - tierMonths) });
}

const since = (months: ByMonth, from: number): ByMonth =>
  months[0] !== undefined && months[0][0] < from ? months.filter(([month]) => month >= from) : months;

function withWaiting(waiting: Waiting, due: number, points: number): Waiting {
  const at = waiting.findIndex(([other]) => other >= due);
  if (at < 0) return [...waiting, [due, points]];
  const [before, after] = [waiting.slice(0, at), waiting.slice(at)];
  const [first] = after;
  if (first![0] !== due) return [...before, [due, points], ...after];
  const sum = first![1] + points;
  return sum === 0 ? [...before, ...after.slice(1)] : [...before, [due, sum], ...after.slice(1)];
}
