import Type from 'typebox';
import {
  actionKinds,
  audiences,
  channel,
  healths,
  id,
  label,
  oneOf,
  purposes,
  stages,
  text,
  time,
} from './fields.js';

const closed = { additionalProperties: false } as const;

const evidence = {
  definition: label('`name@version` of the definition that decided.'),
  rule: label('The rule.'),
  facts: Type.Record(Type.String(), Type.Unknown(), { description: 'The facts it read, with their values.' }),
  causes: Type.Array(Type.String(), {
    description: 'The causing events as `source#id`, or `timer:NAME@DUE`.',
  }),
};
const evidenceExample = {
  definition: 'retail@1',
  rule: 'second-purchase',
  facts: { purchases: 2, daysSinceFirst: 19 },
  causes: ['/shop#o-2026-00017'],
};

const transition = <const Values extends readonly string[]>(values: Values) => ({
  transitionId: Type.Optional(id('The event’s id again: a pure function of the cause.')),
  from: oneOf(values, 'Before.'),
  to: oneOf(values, 'After.'),
  ...evidence,
});

export const transitionEvents = {
  'stage.changed.v1': Type.Object(transition(stages), {
    title: 'Stage changed',
    description: 'The relationship went from one stage to another.',
    examples: [{ transitionId: '5b1f', from: 'exploration', to: 'awareness', ...evidenceExample }],
    ...closed,
  }),
  'health.changed.v1': Type.Object(transition(healths), {
    title: 'Health changed',
    description: 'The relationship fell ill or got better; `none` only inside dissolution.',
    examples: [
      {
        transitionId: '5b20',
        from: 'well',
        to: 'atRisk',
        ...evidenceExample,
        rule: 'overdue',
        facts: { silence: 31 },
      },
    ],
    ...closed,
  }),
};

const action = {
  actionId: id('A pure function of the cause; subscribers key on it.'),
  programme: label('Who proposed it.'),
  kind: oneOf(actionKinds, 'What to do.'),
  purpose: oneOf(purposes, 'Decides which consent it needs.'),
  channel: channel('By which channel.'),
  audience: oneOf(audiences, 'To whom.'),
  template: label('Which text.'),
  variables: Type.Record(Type.String(), Type.Unknown(), {
    description: 'For the template; never name or address.',
  }),
  priority: Type.Number({ description: 'Higher goes first.' }),
  notBefore: time('Not to be done before.'),
  expiresAt: time('Not to be done after.'),
  ...evidence,
};
const actionExample = {
  actionId: '6f0c2a',
  programme: 'follow-up',
  kind: 'message',
  purpose: 'service',
  channel: 'email',
  audience: 'customer',
  template: 'thanks-first',
  variables: { orderId: 'o-2026-00017' },
  priority: 50,
  notBefore: '2026-03-09T08:00:00.000Z',
  expiresAt: '2026-03-12T08:00:00.000Z',
  ...evidenceExample,
  rule: 'first-purchase',
};

export const actionEvents = {
  'action.requested.v1': Type.Object(action, {
    title: 'Action requested',
    description: 'A retention action that a subscriber is to carry out once.',
    examples: [actionExample],
    ...closed,
  }),
  'action.suppressed.v1': Type.Object(
    {
      ...action,
      reason: label('The rule of the contact policy that stopped it.'),
      possibleAt: Type.Optional(time('When it could have passed; absent where never.')),
    },
    {
      title: 'Action suppressed',
      description: 'An action that was proposed and not let through, or taken back.',
      examples: [{ ...actionExample, reason: 'noConsent' }],
      ...closed,
    },
  ),
};

const points = (description: string) => Type.Integer({ description });
const coupon = { couponId: id('The coupon.'), code: Type.Optional(label('Its code.')), ...evidence };

export const ledgerEvents = {
  'points.changed.v1': Type.Object(
    {
      change: points('Points added, or taken when negative.'),
      balance: points('Points after the change.'),
      reason: label('What for.'),
      expiresAt: Type.Optional(time('When the added points expire.')),
      ...evidence,
    },
    {
      title: 'Points changed',
      description: 'The customer’s loyalty balance changed.',
      examples: [{ change: 12, balance: 212, reason: 'purchase', ...evidenceExample }],
      ...closed,
    },
  ),
  'tier.changed.v1': Type.Object(
    { from: label('Before.'), to: label('After.'), ...evidence },
    {
      title: 'Tier changed',
      description: 'The customer went up or down a tier.',
      examples: [{ from: 'silver', to: 'gold', ...evidenceExample }],
      ...closed,
    },
  ),
  'reward.granted.v1': Type.Object(
    {
      grantId: id('A pure function of the cause.'),
      rewardId: id('What was granted.'),
      expiresAt: Type.Optional(time('Until when it can be used.')),
      ...evidence,
    },
    {
      title: 'Reward granted',
      description: 'The customer earned a reward.',
      examples: [{ grantId: '77ab', rewardId: 'free-loaf', ...evidenceExample }],
      ...closed,
    },
  ),
  'redemption.accepted.v1': Type.Object(
    {
      redemptionId: id('The request.'),
      points: points('Points spent.'),
      balance: points('Points left.'),
      rewardId: Type.Optional(id('What for.')),
      ...evidence,
    },
    {
      title: 'Redemption accepted',
      description: 'The customer spent points.',
      examples: [
        { redemptionId: 'red-4', points: 500, balance: 120, rewardId: 'free-loaf', ...evidenceExample },
      ],
      ...closed,
    },
  ),
  'redemption.refused.v1': Type.Object(
    {
      redemptionId: id('The request.'),
      reason: text('Why not.'),
      balance: points('Points held.'),
      ...evidence,
    },
    {
      title: 'Redemption refused',
      description: 'The request to spend points was not granted.',
      examples: [{ redemptionId: 'red-4', reason: 'notEnoughPoints', balance: 120, ...evidenceExample }],
      ...closed,
    },
  ),
  'coupon.issued.v1': Type.Object(
    {
      ...coupon,
      terms: Type.Record(Type.String(), Type.Unknown(), {
        description: 'What it gives, and on what condition.',
      }),
      expiresAt: time('Until when it can be used.'),
    },
    {
      title: 'Coupon issued',
      description: 'The customer got a coupon.',
      examples: [
        {
          couponId: 'cp-31',
          code: 'WELCOME',
          terms: { percent: 10, minimum: 20 },
          expiresAt: '2026-04-09T00:00:00.000Z',
          ...evidenceExample,
        },
      ],
      ...closed,
    },
  ),
  'coupon.expired.v1': Type.Object(coupon, {
    title: 'Coupon expired',
    description: 'A coupon’s time ran out unused.',
    examples: [{ couponId: 'cp-31', code: 'WELCOME', ...evidenceExample }],
    ...closed,
  }),
  'coupon.voided.v1': Type.Object(
    { ...coupon, reason: text('Why.') },
    {
      title: 'Coupon voided',
      description: 'A coupon was taken back.',
      examples: [{ couponId: 'cp-31', reason: 'order returned', ...evidenceExample }],
      ...closed,
    },
  ),
};

export const signalEvents = {
  'product.signalled.v1': Type.Object(
    {
      signal: oneOf(['returns', 'complaints', 'feedback'], 'What stands out.'),
      count: Type.Integer({ minimum: 1, description: 'How many customers.' }),
      since: time('From when they are counted.'),
      ...evidence,
    },
    {
      title: 'Product signalled',
      description: 'A product (the subject) draws complaints or returns beyond the definition’s threshold.',
      examples: [
        {
          signal: 'returns',
          count: 5,
          since: '2026-02-09T00:00:00.000Z',
          ...evidenceExample,
          rule: 'returns-cluster',
        },
      ],
      ...closed,
    },
  ),
};
