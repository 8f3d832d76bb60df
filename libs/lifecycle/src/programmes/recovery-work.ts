import { own } from '../own.js';
import { actionIdOf } from '../arbiter/action.js';
import type { Moment, Proposal } from '../programme.js';
import type { Action } from '../types.js';
import type { Granted } from './goodwill.js';
import { hasOpenCase } from './open-case.js';
import { daysAfter, numberFact, readFacts, type RestsOn } from './reading.js';
import { withCase, type CaseInHand, type Cases } from './recovery-cases.js';
import type { RecoverySettings } from './recovery-settings.js';

/** One moment's work: what is proposed so far, and the memory as it becomes. */
export interface Work {
  readonly moment: Moment;
  readonly settings: RecoverySettings;
  /** ms: spans run from here. The moment itself, or for one that comes late the customer's latest event. */
  readonly now: number;
  readonly proposals: Proposal[];
  readonly withdraws: string[];
  cases: Cases;
  granted: Granted;
}

export function workOf(moment: Moment, settings: RecoverySettings, cases: Cases, granted: Granted): Work {
  const now = moment.late ? Math.max(moment.at, numberFact(moment, 'lastEventAt') ?? 0) : moment.at;
  return { moment, settings, now, proposals: [], withdraws: [], cases, granted };
}

export const isBusy = ({ moment, now, settings }: Work): boolean =>
  hasOpenCase(moment, settings.silentDays, now);

/** What a word or a task is about: `key` tells cases apart, `variables` name what there is. */
export interface Matter {
  readonly key: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const caseMatter = (caseId: string): Matter => ({ key: caseId, variables: { caseId } });

/** Puts it in hand; one that is let go for it and not resolved is handed to the support lead. */
export function take(work: Work, key: string, inHand: CaseInHand): void {
  const before = work.cases;
  const { cases, letGo } = withCase(before, key, inHand);
  work.cases = cases;
  const gone = letGo === undefined ? undefined : own(before, letGo);
  if (gone && gone.next !== 'check') toStaff(work, caseMatter(letGo!), 'support-lead', 'let-go', 'flag', {});
}

/** A word to the customer; returns the id that its action will have. */
export function toCustomer(
  work: Work,
  { key, variables }: Matter,
  what: string,
  more: Readonly<Record<string, unknown>>,
  { kind = 'message', restsOn }: { readonly kind?: Action['kind']; readonly restsOn?: RestsOn } = {},
): string {
  const { moment, settings } = work;
  return propose(work, {
    ...base(work, key, what, { ...variables, ...more }),
    kind,
    purpose: 'service',
    audience: 'customer',
    channels: settings.channels,
    expiresAt: daysAfter(moment, 3),
    ...(restsOn && { restsOn }),
  });
}

/** A task or flag; returns the id that its action will have. */
export function toStaff(
  work: Work,
  { key, variables }: Matter,
  audience: Action['audience'],
  what: string,
  kind: 'task' | 'flag',
  more: Readonly<Record<string, unknown>>,
): string {
  return propose(work, {
    ...base(work, key, what, { ...variables, ...more }),
    kind,
    purpose: 'internal',
    audience,
    channels: ['in-app'],
    expiresAt: daysAfter(work.moment, 7),
  });
}

function propose({ moment, proposals }: Work, proposal: Proposal): string {
  proposals.push(proposal);
  return actionIdOf(moment.customer, moment.definition, proposal);
}

function base({ moment, settings }: Work, key: string, what: string, variables: Matter['variables']) {
  return {
    slot: `${what}:${key}`,
    programme: 'recovery',
    template: `recovery.${what}`,
    variables,
    priority: settings.priority,
    notBefore: moment.at,
    evidence: {
      rule: `recovery.${what}`,
      facts: readFacts(moment, 'openCases', 'escalatedCases', 'overdueCases', 'orderValueMean', 'lastNps'),
      causes: [moment.causeId],
    },
  };
}
