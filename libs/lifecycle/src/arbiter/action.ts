import { outputId } from '../output-id.js';
import type { Proposal } from '../programme.js';
import type { Action } from '../types.js';
import type { Pending } from './contacts.js';

/** A pure function of customer, definition, cause, programme and slot. */
export function actionIdOf(
  customer: string,
  definition: string,
  { evidence, programme, slot }: Proposal,
): string {
  return outputId('a', customer, definition, evidence.causes, programme, slot);
}

/** What becomes of a proposal on one of its channels. */
export function actionOf(proposal: Pending, channel: Action['channel']): Action {
  const action: { -readonly [Key in keyof Action]: Action[Key] } = {
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
  if (proposal.reminderOf !== undefined) action.reminderOf = proposal.reminderOf;
  return action;
}

/** As a proposal is shown that no channel was chosen for. */
export function preferredAction(proposal: Pending): Action {
  return actionOf(proposal, proposal.channels[0]!);
}
