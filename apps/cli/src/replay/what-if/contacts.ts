import { quantile } from './quantile.js';

/** How often customers were contacted on one side. */
export interface Contacts {
  readonly side: string;
  readonly contacts: number;
  readonly customers: number;
  /** Customers without any. */
  readonly none: number;
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

export function contactsOf(side: string, counts: readonly number[]): Contacts {
  const sorted = [...counts].sort((a, b) => a - b);
  const contacts = sorted.reduce((sum, count) => sum + count, 0);
  return {
    ...{ side, contacts, customers: sorted.length },
    none: sorted.filter((count) => count === 0).length,
    mean: Math.round((1_000 * contacts) / Math.max(1, sorted.length)) / 1_000,
    ...{ median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), most: sorted.at(-1) ?? 0 },
  };
}

const bands = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 5],
  [6, 10],
  [11, 20],
  [21, Infinity],
] as const;

export interface ContactBand {
  readonly contacts: string;
  readonly against: number;
  readonly candidate: number;
}

/** Customers by the number of their contacts, on either side. */
export function contactBands(
  customers: readonly { readonly contactsAgainst: number; readonly contactsCandidate: number }[],
): readonly ContactBand[] {
  return bands.map(([from, to]) => {
    const within = (count: number) => count >= from && count <= to;
    return {
      contacts: from === to ? String(from) : to === Infinity ? `${from} and more` : `${from} to ${to}`,
      against: customers.filter(({ contactsAgainst }) => within(contactsAgainst)).length,
      candidate: customers.filter(({ contactsCandidate }) => within(contactsCandidate)).length,
    };
  });
}
