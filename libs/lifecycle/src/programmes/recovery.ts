import type { Action } from '../types.js';
import type { Programme } from '../programme.js';
import { goodwill, type Granted } from './goodwill.js';
import { daysAfter, eventOf, fired, numberFact } from './reading.js';
import { dueCases, nextDue, withCase, withoutCase, type CaseInHand, type Cases } from './recovery-cases.js';
import { toCustomer, toStaff, type Work } from './recovery-work.js';
import { recoverySettings, type RecoverySettings } from './recovery-settings.js';

const hour = 3_600_000;
const mostGrants = 24;

export interface RecoveryMemory {
  readonly cases: Cases;
  readonly granted: Granted;
}

/**
 * Service recovery: a word to the customer, a task to someone who can fix it, a ladder with deadlines until it is done, an
 * apology with goodwill where it was our fault, and a question afterwards whether all is well.
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
  ],
  decide(moment, settings, memory = { cases: {}, granted: [] }) {
    const work: Work = { moment, settings, proposals: [], cases: memory.cases, granted: memory.granted };
    if (fired(moment, 'recovery', 'next')) takeUpDue(work);
    else takeIn(work);
    const { proposals, cases, granted } = work;
    if (cases === memory.cases) return { proposals };
    return { proposals, memory: { cases, granted }, timers: { next: nextDue(cases) } };
  },
};

function takeIn(work: Work): void {
  const event = eventOf(work.moment);
  switch (event?.type) {
    case 'case.opened.v1':
      return opened(work, event.data.caseId, event.data.cause);
    case 'case.escalated.v1':
    case 'case.reopened.v1':
    case 'case.overdue.v1':
      return worsened(work, event.data.caseId, event.data.cause);
    case 'case.resolved.v1':
      return resolved(work, event.data.caseId);
    case 'task.completed.v1':
      return answered(work, event.data.actionId, true);
    case 'task.declined.v1':
    case 'task.expired.v1':
      return answered(work, event.data.actionId, false);
    default:
      return undefined;
  }
}

function takeUpDue(work: Work): void {
  for (const [caseId, inHand] of dueCases(work.cases, work.moment.at)) {
    if (inHand.next === 'check') check(work, caseId);
    else if (inHand.next === 'silence') remind(work, caseId, inHand);
    else climb(work, caseId, inHand);
  }
}

function opened(work: Work, caseId: string, cause: string | undefined): void {
  if (work.moment.late || work.cases[caseId]) return;
  toCustomer(work, caseId, 'acknowledgement', { caseId });
  const before = { rung: -1, fault: false, ...(cause !== undefined && { cause }) };
  const specialist = cause === undefined ? undefined : work.settings.byCause[cause];
  if (specialist) assign(work, caseId, before, specialist, work.settings.ladder[0]!.hours);
  else climb(work, caseId, before);
  const complaints = work.moment.fact('complaints') as Readonly<Record<string, number>> | undefined;
  if (cause !== undefined && (complaints?.[cause] ?? 0) >= work.settings.repeats)
    toStaff(work, caseId, 'product', 'repeat', 'flag', { cause, cases: complaints![cause] });
}

function worsened(work: Work, caseId: string, cause: string | undefined): void {
  if (work.moment.late) return;
  const known = work.cases[caseId] ?? { rung: -1, ...(cause !== undefined && { cause }) };
  climb(work, caseId, { ...known, fault: true });
}

/** The task goes to the next rung; on the last one only silence is waited for. */
function climb(work: Work, caseId: string, inHand: Omit<CaseInHand, 'next' | 'due'>): void {
  const { ladder } = work.settings;
  const rung = Math.min(inHand.rung + 1, ladder.length - 1);
  const { audience, hours } = ladder[rung]!;
  assign(work, caseId, { ...inHand, rung }, audience, rung === inHand.rung ? undefined : hours);
}

function assign(
  work: Work,
  caseId: string,
  inHand: Omit<CaseInHand, 'next' | 'due'>,
  audience: Action['audience'],
  hours: number | undefined,
): void {
  const { cause = null, rung, fault } = inHand;
  const task = toStaff(work, caseId, audience, 'task', 'task', { cause, rung, fault });
  work.cases = withCase(work.cases, caseId, {
    ...inHand,
    task,
    ...(hours === undefined ? silence(work) : { next: 'climb', due: work.moment.at + hours * hour }),
  });
}

function answered(work: Work, actionId: string, done: boolean): void {
  const found = Object.entries(work.cases).find(([, { task }]) => task === actionId);
  if (!found) return;
  const [caseId, { rung, fault, cause }] = found;
  const inHand = { rung, fault, ...(cause !== undefined && { cause }) };
  if (done) work.cases = withCase(work.cases, caseId, { ...inHand, ...silence(work) });
  else climb(work, caseId, inHand);
}

function resolved(work: Work, caseId: string): void {
  const inHand = work.cases[caseId];
  if (!inHand) return;
  if (inHand.fault && !work.moment.late) apologise(work, caseId);
  const { rung, fault } = inHand;
  const due = daysAfter(work.moment, work.settings.checkAfterDays);
  work.cases = withCase(work.cases, caseId, { rung, fault, next: 'check', due });
}

function apologise(work: Work, caseId: string): void {
  const { moment, settings, granted } = work;
  const { amount, recent } = goodwill(
    numberFact(moment, 'orderValueMean'),
    granted,
    settings.goodwill,
    moment.at,
  );
  if (amount === 0) return toCustomer(work, caseId, 'apology', { caseId });
  const currency = moment.fact('lastOrderCurrency');
  toCustomer(work, caseId, 'goodwill', { caseId, amount, currency }, 'perk');
  work.granted = [...recent, [moment.at, amount] as const].slice(-mostGrants);
}

function check(work: Work, caseId: string): void {
  work.cases = withoutCase(work.cases, caseId);
  if ((numberFact(work.moment, 'openCases') ?? 0) === 0) toCustomer(work, caseId, 'check', { caseId });
}

function remind(work: Work, caseId: string, inHand: CaseInHand): void {
  toStaff(work, caseId, 'support-lead', 'silent', 'task', { rung: inHand.rung });
  work.cases = withoutCase(work.cases, caseId);
}

function silence({ moment, settings }: Work): Pick<CaseInHand, 'next' | 'due'> {
  return { next: 'silence', due: daysAfter(moment, settings.silentDays) };
}
