import type { InputEvent, KnownInputEvent } from '#contracts';
import type { CouponCodes } from '../coupon.js';
import type { FactReader, Proposal, Verdict } from '../programme.js';
import type { Action, PublishedRecord, Suppression } from '../types.js';
import { actionOf, preferredAction } from './action.js';
import { admission, isOvertaken, type Admission } from './admission.js';
import { mostPending, stillTaken, takenBy, type Contacts, type Pending, type Taken } from './contacts.js';
import { brakeOn, type Brakes } from './brakes.js';
import { inControlGroup } from './control.js';
import { couponEnded, couponIssued } from './coupons.js';
import { stillOpen } from './offer.js';
import { opening, type Opening } from './opening.js';
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
  readonly event?: InputEvent | undefined;
  /** What an operator has paused or put into shadow. */
  readonly brakes?: Brakes | undefined;
  /** Identity of the event, or of the arbiter's timer: the cause of what becomes of a coupon. */
  readonly causeId: string;
  readonly codes?: CouponCodes | undefined;
  readonly proposals: readonly Proposal[];
  /** Ids of earlier actions that are moot. */
  readonly withdrawn?: readonly string[];
  readonly contacts: Contacts;
}

const lastMinute = 60_000;

/**
 * Ranks new and pending proposals of one customer and lets through what the contact policy allows. Each ends as requested,
 * suppressed, or pending until it may go; one that cannot go before it expires is suppressed now. Call it once per event,
 * after the last fired timer.
 */
export function arbitrate(question: Question): Verdict<Contacts> {
  const { customer, definition, contacts, policy, now, withdrawn = nothing } = question;
  let taken = stillTaken(contacts, policy, now, question.event, withdrawn);
  const records: PublishedRecord[] = [];
  if (taken.offer !== contacts.offer) {
    const event = question.event as KnownInputEvent | undefined;
    const ended = couponEnded(contacts.offer, event, withdrawn, question);
    if (ended) records.push(ended);
  }
  if (question.proposals.length === 0 && contacts.pending.length === 0) {
    if (taken === contacts && taken.offer === undefined)
      return { requested: [], suppressed: [], records, contacts, judgeAgainAt: null };
    return { requested: [], suppressed: [], records, ...waiting(taken, [], couponEnds(taken), now) };
  }
  const requested: Action[] = [];
  const suppressed: Suppression[] = [];
  const held: Held[] = [];
  for (const proposal of ranked(customer, definition, question.proposals, taken.slots, contacts.pending)) {
    const { refused, channels } = withdrawn.includes(proposal.actionId)
      ? overtaken
      : admission(proposal, question);
    if (refused) {
      suppressed.push({ action: preferredAction(proposal), reason: reasonOf(refused, proposal, contacts) });
      continue;
    }
    const first = opening(proposal, channels, taken, question);
    if (first.until > now) {
      held.push({ proposal, channels, first, taken });
      continue;
    }
    const { channel } = first;
    const action = actionOf(proposal, channel);
    const withheld = inControlGroup(customer, definition, action, policy.control)
      ? 'control'
      : brakeOn(action.programme, question.brakes);
    if (withheld) suppressed.push({ action, reason: withheld });
    else {
      const issued = couponIssued(proposal, question);
      if (issued) records.push(issued);
      const code = issued && question.codes?.(proposal.actionId).code;
      requested.push(code === undefined ? action : withCode(action, code));
      taken = takenBy(proposal, channel, taken, policy, now, code);
    }
  }
  const { contacts: left, judgeAgainAt } = hold(held, suppressed, taken, question);
  return { requested, suppressed, records, contacts: left, judgeAgainAt };
}

const nothing: readonly string[] = [];
const overtaken: Admission = { refused: 'overtaken' };

const withCode = (action: Action, code: string): Action => ({
  ...action,
  variables: { ...action.variables, couponId: action.actionId, code },
});

/** A coupon's end is published, so it is waited for; any other offer just lapses. */
const couponEnds = ({ offer }: Taken): number | null => (offer?.coupon ? offer.until : null);

/** A proposal that has consent and has to wait; for how long is known when it is known which slots are taken. */
interface Held {
  readonly proposal: Pending;
  readonly channels: readonly Action['channel'][];
  /** When it could go as slots were `taken` at its turn; others may have taken more since. */
  readonly first: Opening;
  readonly taken: Taken;
}

/** Keeps what can still go, and adds the rest to what is `suppressed`. */
function hold(
  held: readonly Held[],
  suppressed: Suppression[],
  taken: Taken,
  question: Question,
): Pick<Verdict<Contacts>, 'contacts' | 'judgeAgainAt'> {
  const pending: Pending[] = [];
  let judgeAgainAt = couponEnds(taken);
  for (const turn of held) {
    const { proposal, channels } = turn;
    const { until, channel, reason } =
      turn.taken === taken ? turn.first : opening(proposal, channels, taken, question);
    const again = judgedAgain(proposal, until, reason, question.now);
    if (again === undefined)
      suppressed.push({ action: actionOf(proposal, channel), reason, possibleAt: until });
    else if (pending.length >= mostPending)
      suppressed.push({ action: actionOf(proposal, channel), reason: 'crowdedOut', possibleAt: until });
    else {
      pending.push(proposal);
      judgeAgainAt = Math.min(judgeAgainAt ?? again, again);
    }
  }
  return waiting(taken, pending, judgeAgainAt, question.now);
}

/** What is kept, with the time until which `stillWaits` may answer for it. */
function waiting(
  { slots, offer }: Taken,
  pending: readonly Pending[],
  judgeAgainAt: number | null,
  now: number,
): Pick<Verdict<Contacts>, 'contacts' | 'judgeAgainAt'> {
  if (pending.length === 0 && offer === undefined) return { contacts: { slots, pending }, judgeAgainAt };
  const judged = { at: now, again: judgeAgainAt };
  return { contacts: offer ? { slots, offer, pending, judged } : { slots, pending, judged }, judgeAgainAt };
}

/**
 * Whether an arbitration without new proposals would leave everything as it is: an order, a visit or nothing came, which
 * touches no consent, case or slot; the clock is between the last judgement and the next; the offer is still open, and all
 * facts that pending proposals rest on are as they were.
 */
export function stillWaits({ contacts, now, event, fact }: Omit<Question, 'proposals'>): boolean {
  const { judged, offer, pending } = contacts;
  if (judged === undefined || now < judged.at || (judged.again !== null && now >= judged.again)) return false;
  const type = (event as KnownInputEvent | undefined)?.type;
  if (type !== undefined && type !== 'order.completed.v1' && type !== 'page.visited.v1') return false;
  if (offer && !stillOpen(offer, now, event, nothing)) return false;
  for (const proposal of pending) if (isOvertaken(proposal, fact)) return false;
  return true;
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

/** Consent, a channel or the relationship lost while it waited is one more thing that no longer holds. */
function reasonOf(
  refused: SuppressionReason,
  { actionId }: Pending,
  { pending }: Contacts,
): SuppressionReason {
  const lost = refused !== 'expired' && refused !== 'notTransactional';
  return lost && pending.some((waiting) => waiting.actionId === actionId) ? 'overtaken' : refused;
}
