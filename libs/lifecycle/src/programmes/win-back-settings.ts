import { audiences } from '#contracts';
import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

/** Why a customer leaves. `silent`: nobody said. */
export const leavingReasons = ['dissatisfied', 'betterBrand', 'changedRequirements', 'silent'] as const;
export type LeavingReason = (typeof leavingReasons)[number];

const worth = () =>
  Type.Number({
    default: 0,
    minimum: 0,
    description: 'For customers who spent at least so much, in the currency of their latest order.',
  });
const reason = () => Type.Enum<[...typeof leavingReasons]>([...leavingReasons]);

const rung = Type.Object(
  {
    what: Type.Enum(['message', 'offer', 'call']),
    afterDays: days(0, 'So many days after the ladder began.'),
    worth: worth(),
    percent: Type.Number({ default: 10, exclusiveMinimum: 0, maximum: 100, description: 'Of an offer.' }),
    audience: Type.Enum<[...typeof audiences]>([...audiences], {
      default: 'sales',
      description: 'Who is to make a call to a customer without an account manager.',
    }),
  },
  { additionalProperties: false },
);
const ladder = (...rungs: Partial<Static<typeof rung>>[]) =>
  Type.Array(rung, { default: rungs, maxItems: 8, description: 'From the first rung to the last.' });

export const winBackSettings = Type.Object(
  {
    rules: Type.Array(Type.String(), {
      default: ['overdue', 'subscriptionCancelled'],
      description: "Rules of the definition's health region that mean a customer is leaving.",
    }),
    ladders: Type.Object(
      {
        silent: ladder(
          { what: 'message' },
          { what: 'offer', afterDays: 14, worth: 100 },
          { what: 'call', afterDays: 28, worth: 1000 },
        ),
        dissatisfied: ladder(
          { what: 'message' },
          { what: 'call', afterDays: 7, worth: 100, audience: 'support-lead' },
        ),
        betterBrand: ladder(
          { what: 'message' },
          { what: 'offer', afterDays: 10, worth: 50, percent: 15 },
          { what: 'call', afterDays: 24, worth: 500 },
        ),
        changedRequirements: ladder({ what: 'message' }, { what: 'call', afterDays: 14, worth: 1000 }),
      },
      { additionalProperties: false, default: {}, description: 'One ladder for each reason of leaving.' },
    ),
    reasonDays: days(180, 'A word or a bad experience explains the leaving for so long.'),
    codes: Type.Record(Type.String(), reason(), {
      default: {
        dissatisfied: 'dissatisfied',
        'bad-service': 'dissatisfied',
        quality: 'dissatisfied',
        'better-brand': 'betterBrand',
        competitor: 'betterBrand',
        price: 'betterBrand',
        'changed-requirements': 'changedRequirements',
        'no-longer-needed': 'changedRequirements',
        moved: 'changedRequirements',
      },
      description:
        'Reasons and outcomes as the shop codes them; compared in lower case, with hyphens for blanks.',
    }),
    no: Type.Array(Type.String(), {
      default: ['no', 'declined', 'not-interested'],
      description: 'Outcomes of a call, as the shop codes them, that end it.',
    }),
    dissolutionDays: days(
      30,
      'The ladder after the end of the relationship waits so long before its first rung.',
    ),
    restDays: days(90, 'No ladder of the same occasion begins sooner after the last one began.'),
    noDays: days(365, 'None begins sooner after a no.'),
    holdsDays: days(30, 'An offer can be used for so many days.'),
    validDays: days(14, 'Not sent later than so many days after its rung.'),
    priority: priority(60),
    channels: Type.Array(
      Type.Object(
        { worth: worth(), channels: channelOrder('email', 'push') },
        { additionalProperties: false },
      ),
      {
        minItems: 1,
        maxItems: 8,
        default: [
          { channels: ['email', 'push'] },
          { worth: 200, channels: ['email', 'sms', 'push'] },
          { worth: 1000, channels: ['email', 'sms', 'push', 'post'] },
        ],
        description: 'Channels by what the customer has spent; of those that fit the last.',
      },
    ),
  },
  { additionalProperties: false, default: {} },
);

export type WinBackSettings = Static<typeof winBackSettings>;
export type Rung = Static<typeof rung>;
