import type { Proposal } from '../programme.js';
import { actionIdOf } from './action.js';
import type { Pending, Slot } from './contacts.js';

/**
 * Everything that asks to go, new and pending, best first: higher priority, then what expires sooner, then the lower
 * action id. An action that is already pending or has taken a slot is not asked for again.
 */
export function ranked(
  customer: string,
  definition: string,
  proposals: readonly Proposal[],
  slots: readonly Slot[],
  pending: readonly Pending[],
): readonly Pending[] {
  // What is pending was kept in this order.
  if (proposals.length === 0) return pending;
  const all = pending.slice();
  for (const proposal of proposals) {
    const actionId = actionIdOf(customer, definition, proposal);
    if (!holds(slots, actionId) && !holds(all, actionId)) all.push(pendingOf(proposal, actionId));
  }
  return all.length === 1 ? all : all.sort(byRank);
}

function holds(known: readonly { readonly actionId: string }[], actionId: string): boolean {
  for (const one of known) if (one.actionId === actionId) return true;
  return false;
}

/** Field by field: proposals of all programmes then have one shape, which everything after this reads fastest. */
function pendingOf(proposal: Proposal, actionId: string): Pending {
  const { reminderOf, offerUntil, coupon, restsOn } = proposal;
  const pending: { -readonly [Key in keyof Pending]: Pending[Key] } = {
    actionId,
    slot: proposal.slot,
    programme: proposal.programme,
    kind: proposal.kind,
    purpose: proposal.purpose,
    audience: proposal.audience,
    channels: proposal.channels,
    template: proposal.template,
    variables: proposal.variables,
    priority: proposal.priority,
    notBefore: proposal.notBefore,
    expiresAt: proposal.expiresAt,
    evidence: proposal.evidence,
  };
  if (restsOn !== undefined) pending.restsOn = restsOn;
  if (reminderOf !== undefined) pending.reminderOf = reminderOf;
  if (offerUntil !== undefined) pending.offerUntil = offerUntil;
  if (coupon !== undefined) pending.coupon = coupon;
  return pending;
}

function byRank(a: Pending, b: Pending): number {
  return b.priority - a.priority || a.expiresAt - b.expiresAt || (a.actionId < b.actionId ? -1 : 1);
}
