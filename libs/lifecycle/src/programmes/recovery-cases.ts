/** What is next: the task climbs the ladder, silence makes a task, or the customer is asked whether all is well. */
export type Next = 'climb' | 'silence' | 'check';

/**
 * A case in the hands of recovery, or something bad that the customer said without one. `due` is when `next` is, ms; `since`
 * the time of the latest event that counted, ms.
 */
export interface CaseInHand {
  readonly since: number;
  readonly rung: number;
  /** The task that is waited for. */
  readonly task?: string;
  /** The last word to the customer about it: when, and its action. */
  readonly word?: readonly [at: number, actionId: string];
  /** How often we failed without having said sorry yet. */
  readonly faults: number;
  /** Since it was last opened. */
  readonly escalated?: true;
  readonly overdue?: true;
  /** The case's own, ms, as long as it is ahead. */
  readonly deadline?: number;
  readonly cause?: string;
  /** No case stands behind it, so that it is over when the task is done. */
  readonly said?: true;
  readonly next: Next;
  readonly due: number;
}

export type Cases = Readonly<Record<string, CaseInHand>>;

/** So many of one customer are followed at once. */
export const mostCases = 8;

const order: Readonly<Record<Next, number>> = { check: 0, silence: 1, climb: 2 };

/**
 * Puts one in hand. Beyond eight another is let go: the resolved ones first, then those that only wait for news, of each the
 * one that has waited longest.
 */
export function withCase(
  cases: Cases,
  caseId: string,
  inHand: CaseInHand,
): { readonly cases: Cases; readonly letGo?: string } {
  // Defined, not assigned: a case may be called `__proto__`.
  const next = { ...cases, [caseId]: inHand };
  if (Object.keys(next).length <= mostCases) return { cases: next };
  const [letGo] = Object.entries(next)
    .filter(([id]) => id !== caseId)
    .reduce((least, entry) => (keepsLess(entry, least) ? entry : least));
  return { cases: withoutCase(next, letGo), letGo };
}

type Entry = readonly [string, CaseInHand];

function keepsLess([a, one]: Entry, [b, other]: Entry): boolean {
  const by = order[one.next] - order[other.next] || one.since - other.since;
  return by < 0 || (by === 0 && a < b);
}

/** The same, without what no longer counts. */
export function forget(inHand: CaseInHand, name: 'task' | 'deadline'): CaseInHand {
  const rest: { -readonly [Key in keyof CaseInHand]: CaseInHand[Key] } = { ...inHand };
  delete rest[name];
  return rest;
}

export function withoutCase(cases: Cases, caseId: string): Cases {
  return Object.fromEntries(Object.entries(cases).filter(([id]) => id !== caseId));
}

const dueOf = ({ due, deadline = Infinity }: CaseInHand) => Math.min(due, deadline);

/** When something is next; null when nothing is. */
export function nextDue(cases: Cases): number | null {
  let next: number | null = null;
  for (const id in cases) next = Math.min(next ?? Infinity, dueOf(cases[id]!));
  return next;
}

/** Those due by `at`, earliest first. */
export function dueCases(cases: Cases, at: number): readonly Entry[] {
  const due: Entry[] = [];
  for (const id in cases) if (dueOf(cases[id]!) <= at) due.push([id, cases[id]!]);
  return due.sort(([a, one], [b, other]) => dueOf(one) - dueOf(other) || (a < b ? -1 : 1));
}
