import type { DataOf } from '#contracts';
import type { LedgerEntry } from './loyalty.given.js';

/** What an independent reader of the published entries makes of them. */
export interface Account {
  balance: number;
  pending: number;
  /** Released and not taken since, oldest first. */
  readonly lots: { readonly expiresAt: number; left: number }[];
  /** By order, all that it ever added and took. */
  readonly byOrder: Map<string, number>;
  /** Points taken by redemption, by its id. */
  readonly redeemed: Map<string, number>;
}

/**
 * Adds the entries up as a bookkeeper would who knows nothing of the programme: every taking is from the oldest lot.
 * @throws Error at the first entry that does not follow from those before.
 */
export function addUp(entries: readonly LedgerEntry[]): Account {
  const account: Account = {
    balance: 0,
    pending: 0,
    lots: [],
    byOrder: new Map(),
    redeemed: new Map(),
  };
  for (const entry of entries) {
    const held = Math.max(0, account.balance);
    account.balance += entry.change;
    account.pending += entry.pendingChange;
    insist(entry, entry.balance === account.balance, 'the balance is the sum of all entries');
    insist(entry, entry.pending === account.pending, 'what waits is the sum of all entries');
    insist(entry, entry.spendable === Math.max(0, entry.balance), 'spendable is no debt');
    insist(entry, account.pending >= 0, 'what waits is never negative');
    insist(entry, Number.isInteger(entry.change + entry.pendingChange), 'points are whole');
    book(account, entry, held);
    const left = account.lots.reduce((sum, lot) => sum + lot.left, 0);
    insist(entry, left === entry.spendable, 'the lots are what is spendable');
  }
  return account;
}

function book(account: Account, entry: LedgerEntry, held: number): void {
  const { reason, change, pendingChange, orderId = '' } = entry;
  switch (reason) {
    case 'earned':
      insist(entry, change === 0 && pendingChange > 0, 'what is earned waits');
      return tally(account, orderId, pendingChange);
    case 'released':
      insist(entry, entry.balance === change + held, 'nothing is released while a debt is open');
      account.lots.push({ expiresAt: Date.parse(entry.expiresAt!), left: change });
      return;
    case 'debtPaid':
      insist(entry, change > 0 && entry.balance <= 0, 'no more is paid than is owed');
      return;
    case 'returned':
      insist(entry, -change <= held, 'what is returned was held');
      take(account, -change);
      return tally(account, orderId, change + pendingChange);
    case 'debt':
      insist(entry, held === 0 && change < 0, 'a debt begins where nothing is left');
      return tally(account, orderId, change);
    case 'redeemed':
      insist(entry, -change <= held, 'what is redeemed was spendable');
      insist(entry, !account.redeemed.has(entry.redemptionId!), 'it is redeemed once');
      account.redeemed.set(entry.redemptionId!, -change);
      return take(account, -change);
    case 'expired': {
      const over = account.lots.filter(({ expiresAt }) => expiresAt <= entry.at);
      const left = over.reduce((sum, lot) => sum + lot.left, 0);
      insist(entry, -change === left && left > 0, 'what expires is what is left of old lots');
      return take(account, left);
    }
  }
}

function take({ lots }: Account, points: number): void {
  for (let rest = points; rest > 0;) {
    const taken = Math.min(rest, lots[0]!.left);
    lots[0]!.left -= taken;
    rest -= taken;
    if (lots[0]!.left === 0) lots.shift();
  }
}

function tally({ byOrder }: Account, orderId: string, points: number): void {
  byOrder.set(orderId, (byOrder.get(orderId) ?? 0) + points);
}

function insist(entry: DataOf<'points.changed.v1'>, holds: boolean, rule: string): void {
  if (!holds) throw new Error(`${rule}, but not after ${JSON.stringify(entry)}`);
}
