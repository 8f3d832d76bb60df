import { hashId, type InputEvent } from '#contracts';
import type { FactReader, Proposal, Verdict } from '../programme.js';
import type { Action, Suppression } from '../types.js';
import { admission } from './admission.js';
import { countedSlots, heldSlots, mostPending, type Contacts, type Pending, type Slot } from './contacts.js';
import { inControlGroup } from './control.js';
import { opening } from './opening.js';
import type { ContactPolicy } from './policy.js';
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
 * Ranks new and pending proposals of one customer and lets through what the contact policy allows: higher priority first,
 * then the one that expires sooner, then the lower action id. Each ends as requested, suppressed, or pending until it may
 * go; one that cannot go before it expires is suppressed now. Call it once per event, after the last fired timer.
 */
export function arbitrate(question: Question): Verdict<Contacts> {
  const { contacts, policy, now } = question;
  let slots = heldSlots(contacts.slots, policy, now, question.event);
  const ranked = candidates(question, slots);
  if (ranked.length === 0) {
    const unchanged = slots === contacts.slots ? contacts : { ...contacts, slots };
    return { requested: [], suppressed: [], contacts: unchanged, judgeAgainAt: null };
  }
  const requested: Action[] = [];
  const suppressed: Suppression[] = [];
  const held: Held[] = [];
  for (const proposal of ranked) {
    const admitted = admission(proposal, question);
    if (admitted.refused) {
      const preferred = actionOf(proposal, proposal.channels[0]!);
      suppressed.push({ action: preferred, reason: reasonOf(admitted.refused, proposal, contacts) });
      continue;
    }
    const { channels } = admitted;
    const { until, channel } = opening(proposal, channels, slots, question);
    const action = actionOf(proposal, channel);
    if (until > now) held.push({ proposal, channels });
    else if (inControlGroup(question.customer, question.definition, action, policy.control))
      suppressed.push({ action, reason: 'control' });
    else {
      requested.push(action);
      if (action.audience === 'customer')
        slots = countedSlots([...slots, slotOf(action, now)], policy.caps, now);
    }
  }
  const pending: Pending[] = [];
  let judgeAgainAt: number | null = null;
  for (const { proposal, channels } of held) {
    const { until, channel, reason } = opening(proposal, channels, slots, question);
    const again = Math.min(until, proposal.expiresAt - lastMinute);
    // A case may be resolved any day: until the last minute that is worth waiting for.
    const hopeless = until >= proposal.expiresAt && (reason !== 'openCase' || again <= now);
    if (hopeless || pending.length >= mostPending) {
      const action = actionOf(proposal, channel);
      suppressed.push({ action, reason: hopeless ? reason : 'crowdedOut', possibleAt: until });
    } else {
      pending.push(proposal);
      judgeAgainAt = Math.min(judgeAgainAt ?? Infinity, until < proposal.expiresAt ? until : again);
    }
  }
  return { requested, suppressed, contacts: { slots, pending }, judgeAgainAt };
}

/** A proposal that has consent and has to wait; for how long is known when it is known which slots are taken. */
interface Held {
  readonly proposal: Pending;
  readonly channels: readonly Action['channel'][];
}

/** Ends everything pending, as for an erased customer. */
export function withdrawPending(contacts: Contacts): readonly Suppression[] {
  return contacts.pending.map((proposal) => ({
    action: actionOf(proposal, proposal.channels[0]!),
    reason: 'overtaken' satisfies SuppressionReason,
  }));
}

function candidates(question: Question, slots: readonly Slot[]): readonly Pending[] {
  const taken = new Set([...slots, ...question.contacts.pending].map(({ actionId }) => actionId));
  const fresh: Pending[] = [];
  for (const proposal of question.proposals) {
    const actionId = actionIdOf(question, proposal);
    if (taken.has(actionId)) continue;
    taken.add(actionId);
    fresh.push({ ...proposal, actionId });
  }
  return [...question.contacts.pending, ...fresh].sort(byRank);
}

function byRank(a: Pending, b: Pending): number {
  return b.priority - a.priority || a.expiresAt - b.expiresAt || (a.actionId < b.actionId ? -1 : 1);
}

/** A pure function of customer, definition, cause, programme and slot. */
function actionIdOf({ customer, definition }: Question, { evidence, programme, slot }: Proposal): string {
  return hashId('action', customer, definition, ...evidence.causes, programme, slot);
}

function actionOf(proposal: Pending, channel: Action['channel']): Action {
  return {
    actionId: proposal.actionId,
    programme: proposal.programme,
    kind: proposal.kind,
    purpose: proposal.purpose,
    channel,
    audience: proposal.audience,
    template: proposal.template,
    variables: proposal.variables,
    priority: proposal.priority,
    notBefore: proposal.notBefore,
    expiresAt: proposal.expiresAt,
    evidence: proposal.evidence,
  };
}

function slotOf({ actionId, purpose, channel }: Action, at: number): Slot {
  return { actionId, purpose, channel, at };
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
