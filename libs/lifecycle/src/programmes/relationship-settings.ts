import { audiences, channels, relationshipTypes, stages } from '#contracts';
import { Type, type Static } from 'typebox';
import { days, priority } from './settings.js';

type Channel = (typeof channels)[number];

const someChannels = (description: string, ...some: Channel[]) =>
  Type.Array(Type.Enum<[...typeof channels]>([...channels]), {
    default: some,
    uniqueItems: true,
    description,
  });
const audience = (description: string) => Type.Enum<[...typeof audiences]>([...audiences], { description });
const type = () => Type.Enum<[...typeof relationshipTypes]>([...relationshipTypes]);

const calls = Type.Object(
  {
    audience: audience('Who calls; an account manager only where the customer has one.'),
    programmes: Type.Optional(
      Type.Array(Type.String(), { description: 'Of these programmes; of all where absent.' }),
    ),
  },
  { additionalProperties: false, description: 'Service messages become a call by staff.' },
);

const way = (never: Channel[], prefer: Channel[], by?: Static<typeof calls>) =>
  Type.Object(
    {
      never: someChannels(
        'Not used; where nothing else is left, what is preferred takes their place.',
        ...never,
      ),
      prefer: someChannels('Tried first.', ...prefer),
      calls: Type.Optional(calls),
    },
    { additionalProperties: false, default: by ? { calls: by } : {} },
  );

const suggestion = Type.Object(
  {
    to: type(),
    from: Type.Array(Type.Union([type(), Type.Literal('none')]), {
      default: ['none'],
      description: 'Only for customers of one of these types; `none` where none is set.',
    }),
    stages: Type.Optional(
      Type.Array(Type.Enum<[...typeof stages]>([...stages]), { description: 'In one of these.' }),
    ),
    worth: Type.Number({ default: 0, minimum: 0, description: 'Spent at least so much.' }),
    member: Type.Boolean({ default: false, description: 'Members of a community only.' }),
  },
  { additionalProperties: false },
);

export const relationshipSettings = Type.Object(
  {
    ways: Type.Object(
      {
        transactional: way(['phone', 'in-person', 'social'], []),
        'long-term': way([], []),
        'personal-assistance': way([], [], { audience: 'support-lead', programmes: ['recovery'] }),
        'dedicated-assistance': way([], [], { audience: 'account-manager' }),
        'self-service': way(['phone', 'in-person', 'post'], ['in-app', 'email']),
        automated: way(['phone', 'in-person', 'post', 'social'], ['email', 'in-app', 'push']),
        community: way([], ['social', 'in-app']),
        'co-creation': way([], ['in-person', 'phone']),
      },
      { additionalProperties: false, default: {}, description: 'How to reach customers of each type.' },
    ),
    suggestions: Type.Array(suggestion, {
      maxItems: 16,
      default: [
        {
          to: 'co-creation',
          from: ['none', 'transactional', 'long-term', 'community'],
          stages: ['commitment'],
          member: true,
        },
        {
          to: 'dedicated-assistance',
          from: ['none', 'transactional', 'long-term', 'personal-assistance'],
          stages: ['commitment'],
          worth: 2000,
        },
        { to: 'community', from: ['none', 'transactional', 'long-term'], member: true },
      ],
      description: 'When staff is asked to consider another type; the first that fits. No rule changes it.',
    }),
    everyDays: days(365, 'The same type is suggested at most once in so many days.'),
    validDays: days(30, 'A suggestion is for so many days.'),
    priority: priority(15),
  },
  { additionalProperties: false, default: {} },
);

export type RelationshipSettings = Static<typeof relationshipSettings>;
export type Way = Static<ReturnType<typeof way>>;
