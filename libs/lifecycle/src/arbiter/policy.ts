import { channels } from '#contracts';
import { Type, type Static } from 'typebox';

/** Purposes that a cap may count; transactional and internal actions are never capped. */
const capped = ['service', 'marketing', 'survey'] as const;
const share = (value: number, description: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 0.9, description });
const days = (value: number, description: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 3650, description });
const clock = (value: string, description: string) =>
  Type.String({ default: value, pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description });

const cap = Type.Object(
  {
    purpose: Type.Optional(Type.Enum<[...typeof capped]>([...capped])),
    channel: Type.Optional(Type.Enum<[...typeof channels]>([...channels])),
    most: Type.Integer({ minimum: 1, maximum: 100 }),
    days: Type.Number({ exclusiveMinimum: 0, maximum: 400 }),
  },
  {
    additionalProperties: false,
    description: 'At most `most` actions in any `days` days, of this purpose, on this channel.',
  },
);

/** What a definition's `contactPolicy` may say. `Value.Default(contactPolicySchema, {})` is the policy of retail@1. */
export const contactPolicySchema = Type.Object(
  {
    caps: Type.Array(cap, {
      maxItems: 20,
      default: [
        { purpose: 'marketing', most: 1, days: 7 },
        { purpose: 'marketing', most: 3, days: 30 },
        { purpose: 'survey', most: 1, days: 90 },
        { channel: 'sms', most: 1, days: 14 },
      ],
    }),
    quietHours: Type.Object(
      {
        from: clock('20:00', 'Local time of the customer at which quiet hours begin.'),
        to: clock('09:00', 'Local time at which they end; equal to `from` means none.'),
      },
      { additionalProperties: false, default: {} },
    ),
    coolDownDays: days(14, 'No marketing and no survey for so long after a complaint.'),
    openCaseDays: days(30, 'An open case stops promotion until it was silent for so long.'),
    transactional: Type.Array(Type.String(), {
      default: [],
      description: 'Templates that may go without consent, caps and quiet hours.',
    }),
    control: Type.Object(
      {
        each: share(0.1, 'Share of customers who get nothing of a programme, drawn anew for each.'),
        all: share(0.05, 'Share of customers who get nothing of any programme.'),
        exempt: Type.Array(Type.String(), {
          default: ['recovery', 'supplier'],
          description: 'Programmes without a control group.',
        }),
      },
      { additionalProperties: false, default: {} },
    ),
  },
  { additionalProperties: false, default: {} },
);

export type ContactPolicy = Static<typeof contactPolicySchema>;
