import type { RecoverySettings } from './recovery-settings.js';

/** Goodwill granted: when, ms, and how much. */
export type Granted = readonly (readonly [at: number, amount: number])[];

const year = 365 * 86_400_000;

/**
 * Sized by what the customer's orders are worth and by how often we failed (escalated, reopened, overdue), to the cent, within
 * the year's budget; 0 where there is nothing to size it by or too little left. `recent` is what still counts towards the budget.
 */
export function goodwill(
  meanOrder: number | undefined,
  faults: number,
  granted: Granted,
  { share, least, most, yearly }: RecoverySettings['goodwill'],
  at: number,
): { readonly amount: number; readonly recent: Granted } {
  const recent = granted.filter(([when]) => when > at - year);
  const spent = recent.reduce((sum, [, amount]) => sum + amount, 0);
  const size = Math.min(share * faults * (meanOrder ?? 0), most, yearly - spent);
  const amount = Math.floor(size * 100 + 1e-6) / 100;
  return { amount: amount >= Math.max(least, 0.01) ? amount : 0, recent };
}
