import { nothing, type Decision, type Moment, type Programme } from '../programme.js';
import { eventOf, fired } from './reading.js';
import { accept, convert, join, wait, type Friend } from './referral-friend.js';
import { invitation } from './referral-invitation.js';
import { credit, type Credited } from './referral-referrer.js';
import { referralSettings, type ReferralSettings } from './referral-settings.js';

/** A customer may be both: somebody's friend, and the referrer of others. */
export interface ReferralMemory {
  readonly invitedAt?: number;
  readonly friend?: Friend;
  readonly credited?: Credited;
}

interface Step extends Omit<Decision<never>, 'memory'>, ReferralMemory {}

/**
 * Invites promoters to bring friends. When the return window has closed over a friend's first purchase, the friend's side tells
 * the referrer's (`referral.converted.v1`), which checks, credits itself and answers (`referral.accepted.v1`), so that the
 * friend's side credits itself too.
 */
export const referral: Programme<ReferralSettings, ReferralMemory> = {
  name: 'referral',
  settings: referralSettings,
  hears: [
    'survey.answered.v1',
    'stage.changed',
    'referral.joined.v1',
    'referral.converted.v1',
    'referral.accepted.v1',
    'order.completed.v1',
    'order.returned.v1',
    'order.cancelled.v1',
  ],
  decide(moment, settings, memory = {}) {
    if (isOrdinary(moment, memory)) return nothing;
    const { invitedAt, friend, credited, ...decision } = decideStep(moment, settings, memory);
    if (invitedAt === undefined && !friend && !credited) return decision;
    const learned = {
      ...(invitedAt !== undefined && { invitedAt }),
      ...(friend && { friend }),
      ...(credited && { credited }),
    };
    return { ...decision, memory: { ...memory, ...learned } };
  },
};

/** An order of somebody who was not brought by a friend, or is done with that: nearly every moment. */
function isOrdinary({ cause, transitions }: Moment, { friend }: ReferralMemory): boolean {
  return transitions.length === 0 && friend?.state !== 'waiting' && cause.type.startsWith('order.');
}

function decideStep(moment: Moment, settings: ReferralSettings, memory: ReferralMemory): Step {
  const { friend } = memory;
  const waiting = friend?.state === 'waiting' ? friend.joined : undefined;
  const step = fired(moment, 'referral', 'kept')
    ? waiting && convert(moment, settings, waiting)
    : takeIn(moment, settings, memory, waiting);
  const proposal = invitation(moment, settings, memory.invitedAt);
  if (!proposal) return step ?? nothing;
  return { ...step, proposals: [...(step?.proposals ?? []), proposal], invitedAt: moment.at };
}

function takeIn(
  moment: Moment,
  settings: ReferralSettings,
  { friend, credited = [] }: ReferralMemory,
  waiting: Extract<Friend, { state: 'waiting' }>['joined'] | undefined,
): Step | undefined {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'order.completed.v1':
      return waiting && wait(moment, settings, waiting, event.data);
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return waiting && wait(moment, settings, waiting);
    case 'referral.joined.v1':
      return join(moment, event, friend);
    case 'referral.converted.v1':
      return credit(moment, settings, event.data, credited);
    case 'referral.accepted.v1':
      return accept(moment, settings, event.data, friend);
    default:
      return undefined;
  }
}
