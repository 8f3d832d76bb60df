import type { Action } from '../types.js';
import { roomAt } from './caps.js';
import { channelConsent } from './consent.js';
import type { Pending, Slot } from './contacts.js';
import { inControlGroup } from './control.js';
import type { Question } from './arbitrate.js';
import { afterQuietHours } from './quiet-hours.js';
import type { SuppressionReason } from './reasons.js';
import { knownZone } from './zone.js';

const day = 86_400_000;

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
  const waits: [SuppressionReason, number][] = [['notYet', proposal.notBefore]];
  if (proposal.audience === 'customer') {
    const consent = channelConsent(proposal.purpose, channel, question.fact);
    if (consent !== 'allowed') return { outcome: 'refuse', channel, reason: consent };
    if (proposal.purpose !== 'transactional') waits.push(...policyWaits(proposal, channel, slots, question));
  }
  let [reason, until] = waits.reduce((latest, wait) => (wait[1] > latest[1] ? wait : latest));
  until = Math.max(until, question.now);
  if (proposal.audience === 'customer' && proposal.purpose !== 'transactional') {
    const zone = knownZone(question.fact('timeZone')) ?? question.zone;
    const loud = afterQuietHours(until, question.policy.quietHours, zone);
    if (until <= question.now && loud > until) reason = 'quietHours';
    until = loud;
  }
  return until > question.now ? { outcome: 'wait', channel, reason, until } : { outcome: 'request', channel };
}

function policyWaits(
  proposal: Pending,
  channel: Action['channel'],
  slots: readonly Slot[],
  { policy, fact }: Question,
): [SuppressionReason, number][] {
  const waits: [SuppressionReason, number][] = [
    ['frequencyCap', roomAt(policy.caps, slots, { purpose: proposal.purpose, channel })],
  ];
  const complaint = fact('lastComplaintAt');
  if (proposal.purpose !== 'service' && typeof complaint === 'number')
    waits.push(['coolDown', complaint + policy.coolDownDays * day]);
  const openCase = fact('openCaseAt');
  if (proposal.purpose === 'marketing' && Number(fact('openCases')) > 0 && typeof openCase === 'number')
    waits.push(['openCase', openCase + policy.openCaseDays * day]);
  return waits;
}

/** The first channel that may be used now, else the one that opens first, else the first refusal. */
function bestOf(judgements: readonly Judgement[]): Judgement {
  const now = judgements.find(({ outcome }) => outcome === 'request');
  if (now) return now;
  const waits = judgements.filter((judgement) => judgement.outcome === 'wait');
  return waits.sort((a, b) => a.until - b.until)[0] ?? judgements[0]!;
}

function stillRests(proposal: Pending, { fact, stage, health }: Question): boolean {
  return Object.entries(proposal.restsOn ?? {}).every(([name, value]) => {
    const present = name === 'stage' ? stage : name === 'health' ? health : fact(name);
    return (present ?? null) === value;
  });
}
