import type { Action } from '../types.js';
import type { Question } from './arbitrate.js';
import { roomAt } from './caps.js';
import { otherSlots, type Pending, type Taken } from './contacts.js';
import { afterQuietHours } from './quiet-hours.js';
import type { SuppressionReason } from './reasons.js';
import { knownZone } from './zone.js';

const day = 86_400_000;

/** When nothing holds the action back any more, not before `now`, on which channel, and what held it longest. */
export interface Opening {
  readonly channel: Action['channel'];
  readonly until: number;
  readonly reason: SuppressionReason;
}

/** Of the channels, in order of preference, the first that is open now, else the one that opens first. */
export function opening(
  proposal: Pending,
  channels: readonly Action['channel'][],
  taken: Taken,
  question: Question,
): Opening {
  let best: Opening | undefined;
  for (const channel of channels) {
    const next = openingOf(proposal, channel, taken, question);
    if (next.until <= question.now) return next;
    if (best === undefined || next.until < best.until) best = next;
  }
  return best!;
}

/** Transactional actions and those to staff wait for their time only. */
function openingOf(proposal: Pending, channel: Action['channel'], taken: Taken, question: Question): Opening {
  const { policy, now, fact } = question;
  const due: Hold = { until: Math.max(proposal.notBefore, now), reason: 'notYet' };
  if (proposal.audience !== 'customer' || proposal.purpose === 'transactional') return { channel, ...due };
  const free = lastHold(due, proposal, channel, taken, question);
  const zone = knownZone(fact('timeZone')) ?? question.zone;
  const until = afterQuietHours(free.until, policy.quietHours, zone);
  return { channel, until, reason: free.until > now ? free.reason : 'quietHours' };
}

type Hold = Omit<Opening, 'channel'>;

/** What holds the proposal longest; of two that end together, what is asked first. */
function lastHold(
  due: Hold,
  proposal: Pending,
  channel: Action['channel'],
  taken: Taken,
  { policy, fact }: Question,
): Hold {
  const { kind, purpose } = proposal;
  const room = roomAt(policy.caps, otherSlots(taken.slots, proposal), { purpose, channel });
  let last = later(due, room, 'frequencyCap');
  if (kind === 'offer' && taken.offer) last = later(last, taken.offer.until, 'openOffer');
  if (purpose !== 'service')
    last = later(last, spanAfter(fact('lastComplaintAt'), policy.coolDownDays), 'coolDown');
  if (purpose === 'marketing' && Number(fact('openCases')) > 0)
    last = later(last, spanAfter(fact('openCaseAt'), policy.openCaseDays), 'openCase');
  return last;
}

const later = (last: Hold, until: number, reason: SuppressionReason): Hold =>
  until > last.until ? { until, reason } : last;

function spanAfter(since: unknown, days: number): number {
  return typeof since === 'number' ? since + days * day : -Infinity;
}
