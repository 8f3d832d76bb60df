import type { Definition } from '#lifecycle';
import type { ReportedAction } from './reported.js';

const day = 86_400_000;

type Cap = Definition['contactPolicy']['caps'][number];

export interface CapRow {
  /** In words. */
  readonly cap: string;
  readonly most: number;
  /** The most that any customer got in any such stretch. */
  readonly found: number;
  /** Customers who got more than allowed. */
  readonly over: readonly string[];
}

interface Sent {
  readonly actionId: string;
  readonly at: number;
}

/**
 * Looks for customers who got more than the contact policy's rolling caps allow, counting by the clock of the verdicts as the
 * arbiter does: a reminder takes the place of what it reminds of, a message that failed or bounced does not count. Another system's
 * campaigns are not counted here. Holds, per customer and cap, what one stretch contains.
 */
export class CapWatch {
  readonly #windows = new Map<string, Sent[]>();
  readonly #found: number[];
  readonly #over: Set<string>[];

  constructor(
    private readonly caps: readonly Cap[],
    private readonly undelivered: ReadonlySet<string>,
  ) {
    this.#found = caps.map(() => 0);
    this.#over = caps.map(() => new Set());
  }

  /** Of one customer in order of time. */
  take(action: ReportedAction): void {
    if (action.audience !== 'customer' || this.undelivered.has(action.actionId)) return;
    for (const [i, cap] of this.caps.entries()) if (counts(cap, action)) this.#count(i, cap, action);
  }

  rows(): CapRow[] {
    return this.caps.map((cap, i) => ({
      cap: nameOf(cap),
      most: cap.most,
      found: this.#found[i] ?? 0,
      over: [...(this.#over[i] ?? [])],
    }));
  }

  #count(i: number, cap: Cap, { customer, actionId, at, reminderOf }: ReportedAction): void {
    const key = `${i} ${customer}`;
    const before = this.#windows.get(key) ?? [];
    const within = before.filter((sent) => sent.at + cap.days * day > at && sent.actionId !== reminderOf);
    const sent = [...within, { actionId, at }];
    this.#windows.set(key, sent);
    this.#found[i] = Math.max(this.#found[i] ?? 0, sent.length);
    if (sent.length > cap.most) this.#over[i]?.add(customer);
  }
}

function counts({ purpose, channel }: Cap, action: ReportedAction): boolean {
  const ofPurpose =
    purpose === undefined
      ? action.purpose !== 'transactional' && action.purpose !== 'internal'
      : purpose === action.purpose;
  return ofPurpose && (channel === undefined || channel === action.channel);
}

const nameOf = ({ purpose, channel, most, days }: Cap) =>
  `${[purpose, channel && `by ${channel}`].filter(Boolean).join(' ') || 'any'}: ${most} in ${days} days`;
