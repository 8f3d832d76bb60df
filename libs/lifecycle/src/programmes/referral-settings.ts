import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

const credit = (description: string) =>
  Type.Number({ default: 10, exclusiveMinimum: 0, maximum: 10_000, description });

export const referralSettings = Type.Object(
  {
    everyDays: days(180, 'At most one invitation in so many days.'),
    validDays: days(14, 'An invitation is not sent later than so many days after its occasion.'),
    returnDays: days(
      30,
      "So long the friend's first purchase can be sent back; only then anybody is credited.",
    ),
    credit: Type.Object(
      {
        referrer: credit('For who recommended the shop, in the currency of their latest order.'),
        friend: credit('For the friend, in the currency of their latest order.'),
        validDays: days(30, 'Not granted later than so many days after the return window closed.'),
      },
      { additionalProperties: false, default: {} },
    ),
    mostYearly: Type.Integer({
      default: 10,
      minimum: 1,
      maximum: 64,
      description: 'So many friends are credited to one customer in 365 days.',
    }),
    priority: priority(45),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type ReferralSettings = Static<typeof referralSettings>;
