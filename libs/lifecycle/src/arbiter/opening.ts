import type { Action } from '../types.js';
import type { Question } from './arbitrate.js';
import { roomAt } from './caps.js';
import type { Pending, Slot } from './contacts.js';
import { afterQuietHours } from './quiet-hours.js';
import type { SuppressionReason } from './reasons.js';
import { knownZone } from './zone.js';

const day = 86_400_000;

/** The first instant, not before `now`, at which nothing holds the action back, and the rule that holds it longest. */
export interface Opening {
  readonly until: number;
  readonly reason: SuppressionReason;
}

/** When a channel opens for a proposal that has consent. Transactional actions and those to staff wait for their time only. */
export function opening(
  proposal: Pending,
  channel: Action['channel'],
  slots: readonly Slot[],
  question: Question,
): Opening {
  const due: Opening = { until: Math.max(proposal.notBefore, question.now), reason: 'notYet' };
  if (proposal.audience !== 'customer' || proposal.purpose === 'transactional') return due;
  const free = latest([due, ...holds(proposal, channel, slots, question)]);
  const zone = knownZone(question.fact('timeZone')) ?? question.zone;
  const until = afterQuietHours(free.until, question.policy.quietHours, zone);
  return { until, reason: free.until > question.now ? free.reason : 'quietHours' };
}

function holds(
  { purpose }: Pending,
  channel: Action['channel'],
  slots: readonly Slot[],
  { policy, fact }: Question,
): readonly Opening[] {
  const complaint = purpose === 'service' ? undefined : fact('lastComplaintAt');
  const openCase = purpose === 'marketing' && Number(fact('openCases')) > 0 ? fact('lastCaseAt') : undefined;
  return [
    { until: roomAt(policy.caps, slots, { purpose, channel }), reason: 'frequencyCap' },
    { until: spanAfter(complaint, policy.coolDownDays), reason: 'coolDown' },
    { until: spanAfter(openCase, policy.openCaseDays), reason: 'openCase' },
  ];
}

function spanAfter(since: unknown, days: number): number {
  return typeof since === 'number' ? since + days * day : -Infinity;
}

function latest(openings: readonly [Opening, ...Opening[]]): Opening {
  return openings.reduce((last, next) => (next.until > last.until ? next : last));
}
