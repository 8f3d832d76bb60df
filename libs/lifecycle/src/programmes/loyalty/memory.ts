import type { OrderList } from './known-orders.js';
import type { LocalDays } from './local-days.js';

/** Points by month, ascending; a month is counted from January 1970. */
export type ByMonth = readonly (readonly [month: number, points: number])[];

/** Points that become spendable at `due`, ms. Soonest first, one for each due time. */
export type Waiting = readonly (readonly [due: number, points: number])[];

/** Punches by card. */
export type Punches = Readonly<Record<string, number>>;

/** A reward granted and not used. `amount` and `currency` where it is shop credit. */
export interface OpenReward {
  readonly grantId: string;
  readonly rewardId: string;
  readonly until: number;
  readonly amount?: number;
  readonly currency?: string;
}

/**
 * What the programme keeps of one customer: the ledger's state, and what was said and offered when (ms; 0 for never). All
 * of it is always there, since objects of one shape copy fastest.
 */
export interface LoyaltyMemory {
  /** Sum of all entries; negative is a debt. */
  readonly balance: number;
  readonly waiting: Waiting;
  /** Of the balance, where it is positive: what was released in which month and not taken since. */
  readonly lots: ByMonth;
  /** Released less taken back, over the months that count for the tier. */
  readonly earned: ByMonth;
  readonly orders: OrderList;
  /** What those orders punched, by their key. */
  readonly punches: Readonly<Record<string, Punches>>;
  /** Punches by card; negative where goods went back whose reward was granted. */
  readonly cards: Punches;
  readonly rewards: readonly OpenReward[];
  /** Redemptions answered lately: 7 characters each, oldest first. */
  readonly answered: string;
  /** Empty before the first purchase. */
  readonly tier: string;
  readonly priority: boolean;
  /** When the tier is lost, if it is not earned again before. */
  readonly tierEnds: number;
  /** Expiries up to then have been warned of. */
  readonly warnedUntil: number;
  readonly toldAt: number;
  readonly frequentAt: number;
  readonly membersAt: number;
  /** When the timer is set for, and when it fired last. */
  readonly next: number;
  readonly firedAt: number;
}

export const nothingKept: LoyaltyMemory = {
  balance: 0,
  waiting: [],
  lots: [],
  earned: [],
  orders: '',
  punches: {},
  cards: {},
  rewards: [],
  answered: '',
  tier: '',
  priority: false,
  tierEnds: 0,
  warnedUntil: 0,
  toldAt: 0,
  frequentAt: 0,
  membersAt: 0,
  next: 0,
  firedAt: 0,
};

export const spendableOf = ({ balance }: LoyaltyMemory): number => Math.max(0, balance);

export const pendingOf = ({ waiting }: LoyaltyMemory): number => {
  let sum = 0;
  for (const entry of waiting) sum += entry[1];
  return sum;
};

/** Adds to a month, or to the latest one where the month lies before it. */
export function addToMonth(months: ByMonth, month: number, points: number): ByMonth {
  const next = months.slice();
  const last = next[next.length - 1];
  if (last === undefined || month > last[0]) next.push([month, points]);
  else next[next.length - 1] = [last[0], last[1] + points];
  return next;
}

/** Takes points, oldest first. */
export function takeOldest(months: ByMonth, points: number): ByMonth {
  let rest = points;
  let from = 0;
  while (from < months.length && months[from]![1] <= rest) rest -= months[from++]![1];
  const kept = months.slice(from);
  const first = kept[0];
  return rest === 0 || first === undefined ? kept : [[first[0], first[1] - rest], ...kept.slice(1)];
}

/** When the points released in a month expire, ms: at the end of that many months after it. */
export const expiryOf = (month: number, months: number, days: LocalDays): number =>
  days.monthStart(month + months + 1);
