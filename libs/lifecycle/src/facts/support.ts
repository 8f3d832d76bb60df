import type { KnownInputEvent } from '#contracts';
import { own } from '../own.js';
import { orderKey } from './order-book.js';
import { earlier, later, latest, tally, type Latest } from './latest.js';

/** One case: the latest time of each kind of event about it, ms; `from` is the earliest of all. */
export interface Case {
  readonly key: string;
  readonly from: number;
  readonly last: number;
  readonly opened?: number;
  readonly escalated?: number;
  readonly resolved?: number;
  readonly reopened?: number;
  readonly overdue?: number;
  readonly deadline?: Latest<number>;
  readonly cause?: Latest<string>;
}

export interface Support {
  /** At most 64, by time of their first event. */
  readonly cases: readonly Case[];
  /** Cases let go of: number, resolved, summed hours to resolution in ms, by cause: 64 of them, the rest as one. */
  readonly gone?: {
    readonly cases: number;
    readonly resolved: number;
    readonly resolutionMs: number;
    readonly causes: Readonly<Record<string, number>>;
  };
  readonly counts: Readonly<Record<string, number>>;
  readonly lastContactAt?: number;
  readonly nextContact?: Latest<string | null>;
}

export const noSupport: Support = { cases: [], counts: {} };

const mostCases = 64;
const mostCauses = 64;
const otherCauses = 'other causes';

/** Open: never resolved, or reopened since. At the same moment the resolution counts as the later word. */
export const isOpen = ({ resolved, reopened }: Case): boolean =>
  resolved === undefined || (reopened !== undefined && reopened > resolved);

/** Something that happened after the case was last resolved. */
export const sinceResolved = ({ resolved }: Case, at: number | undefined): boolean =>
  at !== undefined && (resolved === undefined || at > resolved);

export type SupportEvent = Extract<
  KnownInputEvent,
  { readonly type: `case.${string}` | `task.${string}` | 'contact.made.v1' }
>;

export function foldSupport(known: Support, event: SupportEvent, tie: string): Support {
  const { at } = event;
  switch (event.type) {
    case 'case.opened.v1': {
      const { deadline } = event.data;
      return withCase(known, event, tie, (it) => ({
        ...it,
        opened: later(it.opened, at),
        ...(deadline === undefined ? {} : { deadline: latest(it.deadline, Date.parse(deadline), at, tie) }),
      }));
    }
    case 'case.escalated.v1':
      return withCase(known, event, tie, (it) => ({ ...it, escalated: later(it.escalated, at) }));
    case 'case.resolved.v1':
      return withCase(known, event, tie, (it) => ({ ...it, resolved: later(it.resolved, at) }));
    case 'case.reopened.v1':
      return withCase(known, event, tie, (it) => ({ ...it, reopened: later(it.reopened, at) }));
    case 'case.overdue.v1':
      return withCase(known, event, tie, (it) => ({ ...it, overdue: later(it.overdue, at) }));
    case 'task.completed.v1':
      return { ...known, counts: tally(known.counts, 'tasksCompleted') };
    case 'task.declined.v1':
      return { ...known, counts: tally(known.counts, 'tasksDeclined') };
    case 'task.expired.v1':
      return { ...known, counts: tally(known.counts, 'tasksExpired') };
    case 'contact.made.v1':
      return {
        ...known,
        counts: tally(known.counts, 'contacts'),
        lastContactAt: later(known.lastContactAt, at),
        nextContact: latest(known.nextContact, event.data.nextDate ?? null, at, tie),
      };
    default:
      return event satisfies never;
  }
}

type CaseEvent = Extract<SupportEvent, { readonly type: `case.${string}` }>;

function withCase(known: Support, event: CaseEvent, tie: string, change: (it: Case) => Case): Support {
  const { at, data } = event;
  const key = orderKey(data.caseId);
  const before = known.cases.find((it) => it.key === key) ?? { key, from: at, last: at };
  const touched = change({ ...before, from: earlier(before.from, at), last: later(before.last, at) });
  const after =
    data.cause === undefined ? touched : { ...touched, cause: latest(before.cause, data.cause, at, tie) };
  const cases = [...known.cases.filter((it) => it.key !== key), after].sort(
    (a, b) => a.from - b.from || (a.key < b.key ? -1 : 1),
  );
  return cases.length <= mostCases ? { ...known, cases } : letGo({ ...known, cases });
}

/** A document must not grow with every new word for a cause. */
function withCause(known: Readonly<Record<string, number>>, said: string): Readonly<Record<string, number>> {
  const cause = Object.hasOwn(known, said) || Object.keys(known).length < mostCauses ? said : otherCauses;
  return { ...known, [cause]: (own(known, cause) ?? 0) + 1 };
}

/** Makes room: the oldest resolved case goes first, else the oldest. */
function letGo(known: Support): Support {
  const found = known.cases.findIndex((it) => !isOpen(it));
  const leaving = known.cases[Math.max(found, 0)];
  if (!leaving) return known;
  const gone = known.gone ?? { cases: 0, resolved: 0, resolutionMs: 0, causes: {} };
  const resolved = !isOpen(leaving) && leaving.resolved !== undefined;
  return {
    ...known,
    cases: known.cases.filter((it) => it !== leaving),
    gone: {
      cases: gone.cases + 1,
      resolved: gone.resolved + (resolved ? 1 : 0),
      resolutionMs: gone.resolutionMs + (resolved ? (leaving.resolved ?? 0) - leaving.from : 0),
      causes: leaving.cause ? withCause(gone.causes, leaving.cause[0]) : gone.causes,
    },
  };
}
