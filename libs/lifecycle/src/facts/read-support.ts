import type { FactName } from '#contracts';
import type { Reader, Reading } from './read.js';
import { isOpen, noSupport, sinceResolved, type Case, type Support } from './support.js';

const supportOf = ({ facts }: Reading): Support => facts.support ?? noSupport;
const counting =
  (holds: (one: Case, it: Reading) => boolean): Reader =>
  (it) => {
    let count = 0;
    for (const one of supportOf(it).cases) if (holds(one, it)) count++;
    return count;
  };
const hour = 3_600_000;

const greatest =
  (time: (it: Case) => number | undefined): Reader =>
  (it) => {
    let found: number | undefined;
    for (const one of supportOf(it).cases) {
      const at = time(one);
      if (at !== undefined && (found === undefined || at > found)) found = at;
    }
    return found;
  };
const counted =
  (name: string): Reader =>
  (it) =>
    supportOf(it).counts[name] ?? 0;

export const supportReaders = {
  openCases: counting(isOpen),
  escalatedCases: counting((one) => isOpen(one) && sinceResolved(one, one.escalated)),
  reopenedCases: counting((one) => isOpen(one) && one.reopened !== undefined),
  overdueCases: counting(
    (one, it) =>
      isOpen(one) &&
      (sinceResolved(one, one.overdue) ||
        (one.resolved === undefined && one.deadline !== undefined && one.deadline[0] < it.at)),
  ),
  casesOpened: (it) => supportOf(it).cases.length + (supportOf(it).gone?.cases ?? 0),
  casesResolved: (it) => resolved(it).length + (supportOf(it).gone?.resolved ?? 0),
  openCaseAt: greatest((one) => (isOpen(one) ? one.last : undefined)),
  lastCaseAt: greatest((one) => one.last),
  lastCaseEscalatedAt: greatest((one) => one.escalated),
  lastCaseReopenedAt: greatest((one) => one.reopened),
  lastCaseOverdueAt: greatest((one) => one.overdue),
  lastCaseResolvedAt: greatest((one) => one.resolved),
  resolutionHours: (it) => {
    const { gone } = supportOf(it);
    const here = resolved(it);
    const count = here.length + (gone?.resolved ?? 0);
    const ms = here.reduce((sum, one) => sum + (one.resolved ?? 0) - one.from, gone?.resolutionMs ?? 0);
    return count === 0 ? undefined : ms / count / hour;
  },
  complaints: (it) => {
    const causes = new Map(Object.entries(supportOf(it).gone?.causes ?? {}));
    for (const { cause } of supportOf(it).cases)
      if (cause) causes.set(cause[0], (causes.get(cause[0]) ?? 0) + 1);
    return Object.fromEntries([...causes].sort(([a], [b]) => (a < b ? -1 : 1)));
  },
  tasksCompleted: counted('tasksCompleted'),
  tasksDeclined: counted('tasksDeclined'),
  tasksExpired: counted('tasksExpired'),
  contacts: counted('contacts'),
  lastContactAt: (it) => supportOf(it).lastContactAt,
  nextContactAt: (it) => {
    const date = supportOf(it).nextContact?.[0];
    return date == null ? undefined : Date.parse(date);
  },
} satisfies Partial<Record<FactName, Reader>>;

const resolved = (it: Reading) => supportOf(it).cases.filter((one) => !isOpen(one));
