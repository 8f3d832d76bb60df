import { Type, type Static } from 'typebox';
import { copied } from '../copied.js';
import type { Action } from '../types.js';
import { nothing, type Decision, type Moment, type Programme, type Proposal } from '../programme.js';
import { firstCall, firstCallSettings } from './first-call.js';
import { isEmpty, type Step } from './follow-up-step.js';
import { eventOf } from './reading.js';
import { reassurance, reassuranceSettings, type ReassuranceMemory } from './reassurance.js';
import { satisfaction, satisfactionSettings, type SatisfactionMemory } from './satisfaction.js';
import { thanks, thanksSettings } from './thanks.js';

const settings = Type.Object(
  {
    thanks: thanksSettings,
    reassurance: reassuranceSettings,
    satisfaction: satisfactionSettings,
    firstCall: firstCallSettings,
  },
  { additionalProperties: false, default: {} },
);

export type FollowUpSettings = Static<typeof settings>;

/** Proposals made, never verdicts: verdicts depend on the clock, proposals must not. */
export interface FollowUpMemory {
  readonly thankedAt?: number;
  readonly reassurance?: ReassuranceMemory;
  readonly satisfaction?: SatisfactionMemory;
  readonly called?: true;
  /** The channel by which the customer last reacted to a message. */
  readonly prefers?: Action['channel'];
}

const noMemory = {};

/**
 * After a purchase: thanks at moments that matter, reassurance when a first or a large order arrives, a satisfaction check by
 * the channel that the customer prefers, and a call to who began with a large order.
 */
export const followUp: Programme<FollowUpSettings, FollowUpMemory> = {
  name: 'follow-up',
  settings,
  hears: [
    'order.completed.v1',
    'order.delivered.v1',
    'order.returned.v1',
    'order.cancelled.v1',
    'message.clicked.v1',
  ],
  decide(moment, settings, memory = noMemory) {
    const event = eventOf(moment);
    if (event?.type === 'message.clicked.v1') {
      const { channel } = event.data;
      if (moment.late || channel === memory.prefers) return nothing;
      return { proposals: [], memory: { ...memory, prefers: channel } };
    }
    // Of an order that is not the latest purchase, or was of no value, nothing is said.
    if (event?.type === 'order.completed.v1' && (moment.late || moment.fact('lastPurchaseAt') !== moment.at))
      return nothing;
    const thank = thanks(moment, settings.thanks, memory.thankedAt);
    const call = firstCall(moment, settings.firstCall, memory.called);
    const reassure = reassurance(moment, settings.reassurance, memory.reassurance ?? noMemory);
    const check = satisfaction(
      moment,
      settings.satisfaction,
      memory.satisfaction ?? noMemory,
      memory.prefers,
    );
    if (!thank && !call && isEmpty(reassure) && isEmpty(check)) return nothing;
    return together(moment, memory, thank, call, reassure, check);
  },
};

/** What the parts decide as one decision. */
function together(
  { at }: Moment,
  memory: FollowUpMemory,
  thank: Proposal | undefined,
  call: Proposal | undefined,
  reassure: Step<ReassuranceMemory>,
  check: Step<SatisfactionMemory>,
): Decision<FollowUpMemory> {
  const proposals: Proposal[] = [];
  for (const proposal of [thank, call, reassure.proposal, check.proposal])
    if (proposal) proposals.push(proposal);
  const timers: Record<string, number | null> = {};
  if (reassure.due !== undefined) timers['reassurance'] = reassure.due;
  if (check.due !== undefined) timers['satisfaction'] = check.due;
  const next = copied(memory);
  if (thank) next.thankedAt = at;
  if (call) next.called = true;
  if (reassure.memory) next.reassurance = reassure.memory;
  if (check.memory) next.satisfaction = check.memory;
  return { proposals, timers, memory: next };
}
