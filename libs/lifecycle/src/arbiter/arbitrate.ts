import type { InputEvent } from '#contracts';
import type { FactReader, Proposal, Verdict } from '../programme.js';
import type { Action, Suppression } from '../types.js';
import { actionOf, preferredAction } from './action.js';
import { admission } from './admission.js';
import { mostPending, stillTaken, takenBy, type Contacts, type Pending, type Taken } from './contacts.js';
import { brakeOn, type Brakes } from './brakes.js';
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
  /** The folded event: a failed message gives its slot back, another system's campaign takes one, an offer may end. */
  readonly event?: InputEvent;
  /** What an operator has paused or put into shadow. */
  readonly brakes?: Brakes;
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
  let taken = stillTaken(contacts, policy, now, question.event);
  if (question.proposals.length === 0 && contacts.pending.length === 0)
    return {
      requested: [],
      suppressed: [],
      contacts: taken === contacts ? contacts : { ...taken, pending: [] },
      judgeAgainAt: null,
    };
  const requested: Action[] = [];
  const suppressed: Suppression[] = [];
  const held: Held[] = [];
  for (const proposal of ranked(customer, definition, question.proposals, { ...contacts, ...taken })) {
    const { refused, channels } = admission(proposal, question);
    if (refused) {
      suppressed.push({ action: preferredAction(proposal), reason: reasonOf(refused, proposal, contacts) });
      continue;
    }
    const { until, channel } = opening(proposal, channels, taken, question);
    const action = actionOf(proposal, channel);
    if (until > now) {
      held.push({ proposal, channels });
      continue;
    }
    const withheld = inControlGroup(customer, definition, action, policy.control)
      ? 'control'
      : brakeOn(action.programme, question.brakes);
    if (withheld) suppressed.push({ action, reason: withheld });
    else {
      requested.push(action);
      taken = takenBy(proposal, channel, taken, policy, now);
    }
  }
  return { requested, ...hold(held, suppressed, taken, question) };
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
  taken: Taken,
  question: Question,
): Omit<Verdict<Contacts>, 'requested'> {
  const suppressed = [...refused];
  const pending: Pending[] = [];
  let judgeAgainAt: number | null = null;
  for (const { proposal, channels } of held) {
    const { until, channel, reason } = opening(proposal, channels, taken, question);
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
  return { suppressed, contacts: { ...taken, pending }, judgeAgainAt };
}

/** When to look again; undefined where it would be too late. An open case or offer may end any day, so that is waited for. */
function judgedAgain(
  { expiresAt }: Pending,
  until: number,
  reason: SuppressionReason,
  now: number,
): number | undefined {
  if (until < expiresAt) return until;
  const end = expiresAt - lastMinute;
  return (reason === 'openCase' || reason === 'openOffer') && end > now ? end : undefined;
}

/** Ends everything pending, as for an erased customer. */
export function withdrawPending(contacts: Contacts): readonly Suppression[] {
  const reason: SuppressionReason = 'overtaken';
  return contacts.pending.map((proposal) => ({ action: preferredAction(proposal), reason }));
}

/** Consent, a channel or the relationship lost while it waited is one more thing that no longer holds. */
function reasonOf(
  refused: SuppressionReason,
  { actionId }: Pending,
  { pending }: Contacts,
): SuppressionReason {
  const lost = refused !== 'expired' && refused !== 'notTransactional';
  return lost && pending.some((waiting) => waiting.actionId === actionId) ? 'overtaken' : refused;
}
