import { tzOffset } from '@date-fns/tz';
import { figuresOf, type Figures } from './figures.js';
import type { ReportedAction } from './reported.js';

const minute = 60_000;
export const contactPurposes = ['marketing', 'survey', 'service', 'transactional'] as const;
type Purpose = (typeof contactPurposes)[number];

export type MessageRow = { readonly purpose: Purpose | 'all' } & Figures & {
    /** Of all. */
    readonly messages: number;
  };

/**
 * What each customer was sent in each month of the zone's calendar. A customer counts from the month in which anything was first
 * seen of them until the last month of all, months without a message included. Holds four counters per customer and month.
 */
export class MessagesByMonth {
  readonly #since = new Map<string, number>();
  readonly #counts = new Map<string, Uint16Array>();
  #last = -Infinity;

  constructor(private readonly zone: string) {}

  seen(customer: string, at: number): void {
    const month = this.#month(at);
    this.#last = Math.max(this.#last, month);
    const since = this.#since.get(customer);
    if (since === undefined || month < since) this.#since.set(customer, month);
  }

  take({ customer, at, purpose }: ReportedAction): void {
    const index = contactPurposes.indexOf(purpose as Purpose);
    if (index < 0) return;
    this.seen(customer, at);
    const key = `${this.#month(at)} ${customer}`;
    const counts = this.#counts.get(key) ?? new Uint16Array(contactPurposes.length);
    counts[index] = (counts[index] ?? 0) + 1;
    this.#counts.set(key, counts);
  }

  get customers(): number {
    return this.#since.size;
  }

  rows(): MessageRow[] {
    const byPurpose = contactPurposes.map((purpose, i) => this.#row(purpose, (counts) => counts[i] ?? 0));
    const all = this.#row('all', (counts) => counts.reduce((sum, count) => sum + count, 0));
    return [...byPurpose, all].filter((row) => row !== undefined);
  }

  #row(purpose: MessageRow['purpose'], countOf: (counts: Uint16Array) => number): MessageRow | undefined {
    const sent = [...this.#counts.values()].map(countOf);
    const months = [...this.#since.values()].reduce((sum, since) => sum + this.#last - since + 1, 0);
    const silent = Array.from({ length: months - sent.length }, () => 0);
    const figures = figuresOf([...sent, ...silent]);
    return figures && { purpose, messages: sent.reduce((sum, count) => sum + count, 0), ...figures };
  }

  /** Months since year 0. */
  #month(at: number): number {
    const local = new Date(at + tzOffset(this.zone, new Date(at)) * minute);
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  }
}
