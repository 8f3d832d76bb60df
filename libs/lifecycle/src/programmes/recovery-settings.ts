import { audiences } from '#contracts';
import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

type Staff = Exclude<(typeof audiences)[number], 'customer'>;
const staff = audiences.filter((it): it is Staff => it !== 'customer');
const audience = () => Type.Enum<Staff[]>(staff);

export const recoverySettings = Type.Object(
  {
    ladder: Type.Array(
      Type.Object(
        { audience: audience(), hours: Type.Number({ exclusiveMinimum: 0, maximum: 2000 }) },
        { additionalProperties: false },
      ),
      {
        minItems: 1,
        maxItems: 8,
        default: [
          { audience: 'support-lead', hours: 24 },
          { audience: 'account-manager', hours: 48 },
          { audience: 'shop', hours: 72 },
        ],
        description: 'Who gets the task, and after how many hours without an answer the next one gets it.',
      },
    ),
    byCause: Type.Record(Type.String(), audience(), {
      default: {},
      description:
        'Who gets the first task of a case with this cause, before the ladder. Without a case the cause is ' +
        'detractor, dissatisfied, badReview or negativeFeedback.',
    }),
    goodwill: Type.Object(
      {
        share: Type.Number({
          default: 0.5,
          minimum: 0,
          maximum: 1,
          description: 'Of the mean order, each time that we failed: escalated, reopened, overdue.',
        }),
        least: Type.Number({ default: 2, minimum: 0, description: 'Below it an apology does without.' }),
        most: Type.Number({ default: 20, minimum: 0, description: 'In the currency of the latest order.' }),
        yearly: Type.Number({ default: 40, minimum: 0, description: 'For one customer in 365 days.' }),
      },
      { additionalProperties: false, default: {} },
    ),
    repeats: Type.Integer({
      default: 2,
      minimum: 2,
      description: 'So many cases of one cause are told to those who make the product.',
    }),
    silentDays: days(30, 'A case without news for so long makes a task.'),
    checkAfterDays: days(3, 'After so many days a resolved case is asked after.'),
    priority: priority(80),
    channels: channelOrder('email', 'sms', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type RecoverySettings = Static<typeof recoverySettings>;
