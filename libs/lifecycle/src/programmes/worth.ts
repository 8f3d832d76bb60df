import type { Moment } from '../programme.js';
import { numberFact } from './reading.js';

/** What the customer has spent in the currency of the latest order, less what went back; 0 without one. */
export function worthOf({ fact }: Moment): number {
  const currency = fact('lastOrderCurrency');
  const spend = fact('spend') as Readonly<Record<string, number>> | undefined;
  return typeof currency === 'string' ? (spend?.[currency] ?? 0) : 0;
}

/** Whether that is at least so much; cheap to ask at every order of those who are far from it. */
export function isWorth(moment: Moment, amount: number): boolean {
  const orders = numberFact(moment, 'orders') ?? 0;
  const mean = numberFact(moment, 'orderValueMean') ?? 0;
  return orders * mean >= amount && worthOf(moment) >= amount;
}
