import { Type, type Static } from 'typebox';
import type { Programme } from '../programme.js';
import { satisfaction, satisfactionSettings, type SatisfactionMemory } from './satisfaction.js';
import { thanks, thanksSettings } from './thanks.js';

const settings = Type.Object(
  {
    thanks: thanksSettings,
    satisfaction: satisfactionSettings,
  },
  { additionalProperties: false, default: {} },
);

export type FollowUpSettings = Static<typeof settings>;

/** Proposals made, never verdicts: verdicts depend on the clock, proposals must not. */
export interface FollowUpMemory {
  readonly thankedAt?: number;
  readonly satisfaction?: SatisfactionMemory;
}

/** Thanks at moments that matter, and a satisfaction check after a purchase. */
export const followUp: Programme<FollowUpSettings, FollowUpMemory> = {
  name: 'follow-up',
  settings,
  hears: ['order.completed.v1', 'order.delivered.v1', 'order.returned.v1', 'order.cancelled.v1'],
  decide(moment, settings, memory = {}) {
    const thank = thanks(moment, settings.thanks, memory.thankedAt);
    const check = satisfaction(moment, settings.satisfaction, memory.satisfaction ?? {});
    const remembered = {
      ...(thank && { thankedAt: moment.at }),
      ...(check.memory && { satisfaction: check.memory }),
    };
    return {
      proposals: [thank, check.proposal].filter((proposal) => proposal !== undefined),
      ...(check.due !== undefined && { timers: { satisfaction: check.due } }),
      ...(Object.keys(remembered).length > 0 && { memory: { ...memory, ...remembered } }),
    };
  },
};
