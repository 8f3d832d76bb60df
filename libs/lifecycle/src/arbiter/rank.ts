import type { Proposal } from '../programme.js';
import { actionIdOf } from './action.js';
import type { Contacts, Pending } from './contacts.js';

/**
 * Everything that asks to go, new and pending, best first: higher priority, then what expires sooner, then the lower
 * action id. An action that is already pending or has taken a slot is not asked for again.
 */
export function ranked(
  customer: string,
  definition: string,
  proposals: readonly Proposal[],
  { slots, pending }: Contacts,
): readonly Pending[] {
  // What is pending was kept in this order.
  if (proposals.length === 0) return pending;
  const known = new Set([...slots, ...pending].map(({ actionId }) => actionId));
  const fresh: Pending[] = [];
  for (const proposal of proposals) {
    const actionId = actionIdOf(customer, definition, proposal);
    if (known.has(actionId)) continue;
    known.add(actionId);
    fresh.push({ ...proposal, actionId });
  }
  return [...pending, ...fresh].sort(byRank);
}

function byRank(a: Pending, b: Pending): number {
  return b.priority - a.priority || a.expiresAt - b.expiresAt || (a.actionId < b.actionId ? -1 : 1);
}
