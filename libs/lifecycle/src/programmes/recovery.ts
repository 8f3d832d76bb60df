import type { KnownInputEvent } from '#contracts';
import { own } from '../own.js';
import type { Programme } from '../programme.js';
import type { Granted } from './goodwill.js';
import { eventOf, fired, numberFact } from './reading.js';
import { dueCases, forget, nextDue, withoutCase, type CaseInHand, type Cases } from './recovery-cases.js';
import { acknowledge, begin, check, climb, close, silence, matterOf, type Taken } from './recovery-ladder.js';
import { reviewed, scored, toldUs } from './recovery-said.js';
import { recoverySettings, type RecoverySettings } from './recovery-settings.js';
import { caseMatter, take, toStaff, workOf, type Work } from './recovery-work.js';

const day = 86_400_000;

export interface RecoveryMemory {
  readonly cases: Cases;
  readonly granted: Granted;
}

/**
 * Service recovery: a word to the customer, a task to someone who can fix it, a ladder with deadlines until it is done, an
 * apology with goodwill where it was our fault, and a question afterwards whether all is well. A low score, a bad review or a
 * bad word without a case opens the same. An event that comes late is acted on as long as the case is open.
 */
export const recovery: Programme<RecoverySettings, RecoveryMemory> = {
  name: 'recovery',
  settings: recoverySettings,
  hears: [
    'case.opened.v1',
    'case.escalated.v1',
    'case.reopened.v1',
    'case.overdue.v1',
    'case.resolved.v1',
    'task.completed.v1',
    'task.declined.v1',
    'task.expired.v1',
    'survey.answered.v1',
    'review.posted.v1',
    'feedback.given.v1',
    'relationship.ended.v1',
  ],
  decide(moment, settings, memory = { cases: {}, granted: [] }) {
    const work = workOf(moment, settings, memory.cases, memory.granted);
    if (fired(moment, 'recovery', 'next')) takeUpDue(work);
    else takeIn(work);
    const { proposals, cases, granted, withdraws } = work;
    if (cases === memory.cases) return { proposals };
    return { proposals, withdraws, memory: { cases, granted }, timers: { next: nextDue(cases) } };
  },
};

function takeIn(work: Work): void {
  const event = eventOf(work.moment);
  switch (event?.type) {
    case 'case.opened.v1':
      return opened(work, event.data);
    case 'case.escalated.v1':
      return worsened(work, event.data, 'escalated');
    case 'case.overdue.v1':
      return worsened(work, event.data, 'overdue');
    case 'case.reopened.v1':
      return worsened(work, event.data, 'reopened');
    case 'case.resolved.v1':
      return resolved(work, event.data.caseId);
    case 'task.completed.v1':
      return answered(work, event.data.actionId, true, event.data.caseId);
    case 'task.declined.v1':
    case 'task.expired.v1':
      return answered(work, event.data.actionId, false);
    case 'survey.answered.v1':
      return scored(work, event.data);
    case 'review.posted.v1':
      return reviewed(work, event.data);
    case 'feedback.given.v1':
      return toldUs(work, event.data);
    case 'relationship.ended.v1':
      return ended(work);
    default:
      return undefined;
  }
}

function takeUpDue(work: Work): void {
  const { at } = work.moment;
  for (const [key, inHand] of dueCases(work.cases, at)) {
    if (inHand.deadline !== undefined && inHand.deadline <= at) passedDeadline(work, key, inHand);
    else if (inHand.next === 'climb') climb(work, key, inHand);
    else {
      work.cases = withoutCase(work.cases, key);
      if (inHand.next === 'check') check(work, key, inHand);
      else toStaff(work, matterOf(key, inHand), 'support-lead', 'silent', 'task', { rung: inHand.rung });
    }
  }
}

type DataOf<T extends KnownInputEvent['type']> = Extract<KnownInputEvent, { readonly type: T }>['data'];

/** Whether an event came so late that it is over by now: no case is open, or it is older than anybody waits. */
function isPast({ moment, now, settings }: Work): boolean {
  if (!moment.late) return false;
  return numberFact(moment, 'openCases') === 0 || now - moment.at > settings.silentDays * day;
}

function opened(work: Work, { caseId, cause, deadline }: DataOf<'case.opened.v1'>): void {
  if (own(work.cases, caseId) || isPast(work)) return;
  const by = deadline === undefined ? undefined : Date.parse(deadline);
  const fresh: Taken = {
    since: work.moment.at,
    rung: -1,
    faults: 0,
    ...(by !== undefined && { deadline: by }),
  };
  begin(work, caseId, acknowledge(work, caseId, withCause(work, caseId, fresh, cause), 'opened'));
}

/** Each sign counts once until the case is opened anew; what is older than the resolution is past. */
function worsened(
  work: Work,
  { caseId, cause }: DataOf<'case.escalated.v1'>,
  sign: 'escalated' | 'overdue' | 'reopened',
): void {
  const { at } = work.moment;
  const known = own(work.cases, caseId);
  const over = known?.next === 'check';
  if (isPast(work) || (over && at < known.since)) return;
  if (known && !over && (sign === 'reopened' || known[sign])) return;
  const { since = at, rung = -1, faults = 0, word, cause: before, deadline } = known ?? {};
  const standing: Taken = {
    since: Math.max(since, at),
    rung,
    faults: faults + 1,
    ...(word && { word }),
    ...(before !== undefined && { cause: before }),
    ...(!over && known?.escalated && { escalated: true }),
    ...(!over && known?.overdue && { overdue: true }),
    ...(sign !== 'reopened' && { [sign]: true }),
    ...(deadline !== undefined && sign !== 'overdue' && { deadline }),
  };
  const worse = withCause(work, caseId, standing, cause);
  climb(work, caseId, acknowledge(work, caseId, worse, sign));
}

/** The case's own deadline makes it overdue, whether anybody says so or not. */
function passedDeadline(work: Work, key: string, known: CaseInHand): void {
  const inHand = forget(known, 'deadline');
  if (inHand.overdue) return take(work, key, inHand);
  const worse: Taken = { ...inHand, faults: inHand.faults + 1, overdue: true };
  climb(work, key, acknowledge(work, key, worse, 'overdue'));
}

/** A cause that comes back with this customer is told to those who can prevent it, once for each case. */
function withCause(work: Work, caseId: string, inHand: Taken, cause: string | undefined): Taken {
  if (cause === undefined || inHand.cause !== undefined) return inHand;
  const complaints = work.moment.fact('complaints') as Readonly<Record<string, number>> | undefined;
  const cases = own(complaints ?? {}, cause) ?? 0;
  if (cases >= work.settings.repeats)
    toStaff(work, caseMatter(caseId), 'product', 'repeat', 'flag', { cause, cases });
  return { ...inHand, cause };
}

function resolved(work: Work, caseId: string): void {
  const known = own(work.cases, caseId);
  if (!known || known.next === 'check' || work.moment.at < known.since) return;
  close(work, caseId, known);
}

/** The task's action names it, or the case, where a desk keeps numbers of its own. */
function answered(work: Work, actionId: string, done: boolean, about?: string): void {
  const found = Object.entries(work.cases).find(
    ([key, { task }]) => task !== undefined && (task === actionId || key === about),
  );
  if (!found) return;
  const [key, inHand] = found;
  if (!done) climb(work, key, inHand);
  else if (inHand.said) close(work, key, inHand);
  else take(work, key, { ...forget(inHand, 'task'), ...silence(work) });
}

/** With the relationship everything that is in hand ends. */
function ended(work: Work): void {
  if (work.moment.fact('endedBySupplier') !== true) return;
  for (const { word, task } of Object.values(work.cases))
    work.withdraws.push(...[word?.[1], task].filter((id) => id !== undefined));
  work.cases = {};
}
