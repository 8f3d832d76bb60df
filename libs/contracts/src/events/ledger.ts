import Type from 'typebox';
import { closed, evidence, evidenceExample } from './evidence.js';
import { id, label, oneOf, text, time } from './fields.js';

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
      keyId: Type.Optional(label('Which secret the code was made with.')),
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
