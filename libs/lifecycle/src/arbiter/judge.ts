import type { Action } from '../types.js';
import { channelConsent } from './consent.js';
import type { Pending, Slot } from './contacts.js';
import { inControlGroup } from './control.js';
import type { Question } from './arbitrate.js';
import { opening } from './opening.js';
import type { SuppressionReason } from './reasons.js';

export type Judgement =
  | { readonly outcome: 'request'; readonly channel: Action['channel'] }
  | { readonly outcome: 'refuse'; readonly channel: Action['channel']; readonly reason: SuppressionReason }
  | {
      readonly outcome: 'wait';
      readonly channel: Action['channel'];
      readonly reason: SuppressionReason;
      readonly until: number;
    };

/**
 * One proposal against the policy. The control group is asked last, so that it holds exactly those customers who would
 * have been contacted.
 */
export function judge(proposal: Pending, slots: readonly Slot[], question: Question): Judgement {
  const preferred = proposal.channels[0] ?? 'email';
  const refuse = (reason: SuppressionReason): Judgement => ({
    outcome: 'refuse',
    channel: preferred,
    reason,
  });
  if (proposal.expiresAt <= question.now) return refuse('expired');
  if (!stillRests(proposal, question)) return refuse('overtaken');
  if (proposal.purpose === 'transactional' && !question.policy.transactional.includes(proposal.template))
    return refuse('notTransactional');
  const judgement = bestOf(
    (proposal.channels.length > 0 ? proposal.channels : [preferred]).map((channel) =>
      judgeChannel(proposal, channel, slots, question),
    ),
  );
  if (judgement.outcome !== 'request') return judgement;
  return inControlGroup(question.customer, question.definition, proposal, question.policy.control)
    ? refuse('control')
    : judgement;
}

function judgeChannel(
  proposal: Pending,
  channel: Action['channel'],
  slots: readonly Slot[],
  question: Question,
): Judgement {
  if (proposal.audience === 'customer') {
    const consent = channelConsent(proposal.purpose, channel, question.fact);
    if (consent !== 'allowed') return { outcome: 'refuse', channel, reason: consent };
  }
  const { until, reason } = opening(proposal, channel, slots, question);
  return until > question.now ? { outcome: 'wait', channel, reason, until } : { outcome: 'request', channel };
}

/** The first channel that may be used now, else the one that opens first, else the first refusal. */
function bestOf(judgements: readonly Judgement[]): Judgement {
  const now = judgements.find(({ outcome }) => outcome === 'request');
  if (now) return now;
  const waits = judgements.filter((judgement) => judgement.outcome === 'wait');
  return waits.sort((a, b) => a.until - b.until)[0] ?? judgements[0]!;
}

function stillRests({ restsOn }: Pending, { fact }: Question): boolean {
  return Object.entries(restsOn ?? {}).every(([name, value]) => (fact(name) ?? null) === value);
}
