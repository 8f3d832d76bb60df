import type { InputEvent } from '#contracts';
import type { FactReader, Proposal, Verdict } from '../programme.js';
import type { Action, Suppression } from '../types.js';
import { actionOf, preferredAction } from './action.js';
import { admission } from './admission.js';
import { heldSlots, mostPending, withSlot, type Contacts, type Pending, type Slot } from './contacts.js';
import { inControlGroup } from './control.js';
import { opening } from './opening.js';
import type { ContactPolicy } from './policy.js';
import { ranked } from './rank.js';
import type { SuppressionReason } from './reasons.js';

/** What one event left to be decided on one customer. */
export interface Question {
  readonly customer: string;
  /** `name@version`: goes into action ids and control groups. */
  readonly definition: string;
  /** The definition's IANA zone, for customers whose own is unknown. */
  readonly zone: string;
  readonly policy: ContactPolicy;
  /** The batch's recorded clock, ms. */
  readonly now: number;
  /** As everything of this event was folded and decided; `stage` and `health` are facts like any other. */
  readonly fact: FactReader;
  /** The folded event: a failed or bounced message gives its slot back, another system's campaign takes one. */
  readonly event?: InputEvent;
  readonly proposals: readonly Proposal[];
  readonly contacts: Contacts;
}

const lastMinute = 60_000;

/**
 * Ranks new and pending proposals of one customer and lets through what the contact policy allows. Each ends as requested,
 * suppressed, or pending until it may go; one that cannot go before it expires is suppressed now. Call it once per event,
 * after the last fired timer.
 */
export function arbitrate(question: Question): Verdict<Contacts> {
  const { customer, definition, contacts, policy, now } = question;
  let slots = heldSlots(contacts.slots, policy, now, question.event);
  if (question.proposals.length === 0 && contacts.pending.length === 0)
    return {
      requested: [],
      suppressed: [],
      contacts: slots === contacts.slots ? contacts : { ...contacts, slots },
      judgeAgainAt: null,
    };
  const requested: Action[] = [];
  const suppressed: Suppression[] = [];
  const held: Held[] = [];
  for (const proposal of ranked(customer, definition, question.proposals, { ...contacts, slots })) {
    const { refused, channels } = admission(proposal, question);
    if (refused) {
      suppressed.push({ action: preferredAction(proposal), reason: reasonOf(refused, proposal, contacts) });
      continue;
    }
    const { until, channel } = opening(proposal, channels, slots, question);
    const action = actionOf(proposal, channel);
    if (until > now) held.push({ proposal, channels });
    else if (inControlGroup(customer, definition, action, policy.control))
      suppressed.push({ action, reason: 'control' });
    else {
      requested.push(action);
      slots = withSlot(slots, action, policy.caps, now);
    }
  }
  return { requested, ...hold(held, suppressed, slots, question) };
}

/** A proposal that has consent and has to wait; for how long is known when it is known which slots are taken. */
interface Held {
  readonly proposal: Pending;
  readonly channels: readonly Action['channel'][];
}

/** Keeps what can still go, and adds the rest to what is suppressed. */
function hold(
  held: readonly Held[],
  refused: readonly Suppression[],
  slots: readonly Slot[],
  question: Question,
): Omit<Verdict<Contacts>, 'requested'> {
  const suppressed = [...refused];
  const pending: Pending[] = [];
  let judgeAgainAt: number | null = null;
  for (const { proposal, channels } of held) {
    const { until, channel, reason } = opening(proposal, channels, slots, question);
    const action = actionOf(proposal, channel);
    const again = judgedAgain(proposal, until, reason, question.now);
    if (again === undefined) suppressed.push({ action, reason, possibleAt: until });
    else if (pending.length >= mostPending)
      suppressed.push({ action, reason: 'crowdedOut', possibleAt: until });
    else {
      pending.push(proposal);
      judgeAgainAt = Math.min(judgeAgainAt ?? again, again);
    }
  }
  return { suppressed, contacts: { slots, pending }, judgeAgainAt };
}

/** When to look again; undefined where it would be too late. A case may be resolved any day, so that is waited for to the end. */
function judgedAgain(
  { expiresAt }: Pending,
  until: number,
  reason: SuppressionReason,
  now: number,
): number | undefined {
  if (until < expiresAt) return until;
  const end = expiresAt - lastMinute;
  return reason === 'openCase' && end > now ? end : undefined;
}

/** Ends everything pending, as for an erased customer. */
export function withdrawPending(contacts: Contacts): readonly Suppression[] {
  const reason: SuppressionReason = 'overtaken';
  return contacts.pending.map((proposal) => ({ action: preferredAction(proposal), reason }));
}

/** Consent or a channel lost while it waited is one more thing that no longer holds. */
function reasonOf(
  refused: SuppressionReason,
  { actionId }: Pending,
  { pending }: Contacts,
): SuppressionReason {
  const lost = refused === 'noConsent' || refused === 'channelClosed';
  return lost && pending.some((waiting) => waiting.actionId === actionId) ? 'overtaken' : refused;
}
