import { Type, type Static } from 'typebox';
import type { Programme } from '../programme.js';
import { satisfaction, type SatisfactionMemory } from './satisfaction.js';
import { channels, days, priority } from './settings.js';
import { thanks } from './thanks.js';

const settings = Type.Object(
  {
    thanks: Type.Object(
      {
        everyDays: days(30, 'At most one thanks in so many days.'),
        quietDays: days(90, 'A purchase after so many days of silence is thanked for.'),
        largeOrder: Type.Number({
          default: 2,
          minimum: 1,
          description: "An order above this many times the customer's own mean is thanked for.",
        }),
        validDays: days(2, 'Not sent later than so many days after the order.'),
        priority: priority(40),
        channels: channels('email', 'push'),
      },
      { additionalProperties: false, default: {} },
    ),
    satisfaction: Type.Object(
      {
        everyDays: days(90, 'At most one check in so many days.'),
        daysAfterPurchase: days(7, 'Asked so many days after the purchase, where no delivery is reported.'),
        daysAfterDelivery: days(3, 'Asked so many days after the delivery.'),
        validDays: days(7, 'Not asked later than so many days after that.'),
        priority: priority(30),
        channels: channels('email', 'push'),
      },
      { additionalProperties: false, default: {} },
    ),
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
  decide(moment, { thanks: thanking, satisfaction: asking }, memory = {}) {
    const thank = thanks(moment, thanking, memory.thankedAt);
    const check = satisfaction(moment, asking, memory.satisfaction ?? {});
    return {
      proposals: [thank, check.proposal].filter((proposal) => proposal !== undefined),
      ...(check.due === undefined ? {} : { timers: { satisfaction: check.due } }),
      memory: { ...memory, ...(thank ? { thankedAt: moment.at } : {}), satisfaction: check.memory },
    };
  },
};
