import { actionIdOf } from '../arbiter/action.js';
import type { Moment, Proposal } from '../programme.js';
import type { Action } from '../types.js';
import type { Granted } from './goodwill.js';
import { daysAfter, readFacts } from './reading.js';
import type { Cases } from './recovery-cases.js';
import type { RecoverySettings } from './recovery-settings.js';

/** One moment's work: what is proposed so far, and the memory as it becomes. */
export interface Work {
  readonly moment: Moment;
  readonly settings: RecoverySettings;
  readonly proposals: Proposal[];
  cases: Cases;
  granted: Granted;
}

/** A word to the customer. */
export function toCustomer(
  work: Work,
  caseId: string,
  what: string,
  variables: Record<string, unknown>,
  kind: Action['kind'] = 'message',
): void {
  const { moment, settings } = work;
  work.proposals.push({
    ...base(work, caseId, what, variables),
    kind,
    purpose: 'service',
    audience: 'customer',
    channels: settings.channels,
    expiresAt: daysAfter(moment, 3),
    restsOn: what === 'check' ? readFacts(moment, 'openCases') : {},
  });
}

/** Proposes a task or flag and returns the id that its action will have. */
export function toStaff(
  work: Work,
  caseId: string,
  audience: Action['audience'],
  what: string,
  kind: 'task' | 'flag',
  variables: Record<string, unknown>,
): string {
  const { moment } = work;
  const proposal: Proposal = {
    ...base(work, caseId, what, { caseId, ...variables }),
    kind,
    purpose: 'internal',
    audience,
    channels: ['in-app'],
    expiresAt: daysAfter(moment, 7),
  };
  work.proposals.push(proposal);
  return actionIdOf(moment.customer, moment.definition, proposal);
}

function base({ moment, settings }: Work, caseId: string, what: string, variables: Record<string, unknown>) {
  return {
    slot: `${what}:${caseId}`,
    programme: 'recovery',
    template: `recovery.${what}`,
    variables,
    priority: settings.priority,
    notBefore: moment.at,
    evidence: {
      rule: `recovery.${what}`,
      facts: readFacts(moment, 'openCases', 'escalatedCases', 'overdueCases', 'orderValueMean'),
      causes: [moment.causeId],
    },
  };
}
