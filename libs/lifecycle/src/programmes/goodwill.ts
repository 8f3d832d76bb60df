import type { RecoverySettings } from './recovery-settings.js';

/** Goodwill granted: when, ms, and how much. */
export type Granted = readonly (readonly [at: number, amount: number])[];

const year = 365 * 86_400_000;

/**
 * Sized by what the customer's orders are worth, to the cent, within the year's budget; 0 where there is nothing to size
 * it by. `recent` is what still counts towards the budget.
 */
export function goodwill(
  meanOrder: number | undefined,
  granted: Granted,
  { share, most, yearly }: RecoverySettings['goodwill'],
  at: number,
): { readonly amount: number; readonly recent: Granted } {
  const recent = granted.filter(([when]) => when > at - year);
  const spent = recent.reduce((sum, [, amount]) => sum + amount, 0);
  const size = Math.min(share * (meanOrder ?? 0), most, yearly - spent);
  return { amount: Math.max(0, Math.floor(size * 100) / 100), recent };
}
