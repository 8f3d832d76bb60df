/** What is next for a case: the task climbs the ladder, silence makes a task, or the resolution is asked after. */
export type Next = 'climb' | 'silence' | 'check';

/** A case in the hands of recovery. `rung` of the ladder, `task` that is waited for, `due` of what is next, ms. */
export interface CaseInHand {
  readonly rung: number;
  readonly task?: string;
  /** It was escalated, reopened or overdue: our fault. */
  readonly fault: boolean;
  readonly cause?: string;
  readonly next: Next;
  readonly due: number;
}

export type Cases = Readonly<Record<string, CaseInHand>>;

/** So many cases of one customer are followed at once; the one that waits longest is let go. */
export const mostCases = 8;

export function withCase(cases: Cases, caseId: string, inHand: CaseInHand): Cases {
  const entries = Object.entries({ ...cases, [caseId]: inHand });
  if (entries.length <= mostCases) return Object.fromEntries(entries);
  const others = entries.filter(([id]) => id !== caseId).sort(([, a], [, b]) => b.due - a.due);
  return Object.fromEntries([...others.slice(0, mostCases - 1), [caseId, inHand]]);
}

export function withoutCase(cases: Cases, caseId: string): Cases {
  return Object.fromEntries(Object.entries(cases).filter(([id]) => id !== caseId));
}

/** When something is next; null when nothing is. */
export function nextDue(cases: Cases): number | null {
  const dues = Object.values(cases).map(({ due }) => due);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** The cases due by `at`, earliest first. */
export function dueCases(cases: Cases, at: number): readonly (readonly [string, CaseInHand])[] {
  return Object.entries(cases)
    .filter(([, { due }]) => due <= at)
    .sort(([a, one], [b, other]) => one.due - other.due || (a < b ? -1 : 1));
}
