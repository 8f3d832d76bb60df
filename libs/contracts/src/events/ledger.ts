import Type from 'typebox';
import { closed, evidence, evidenceExample } from './evidence.js';
import { currency, id, label, money, oneOf, text, time } from './fields.js';

export const entryReasons = [
  'earned',
  'released',
  'debtPaid',
  'returned',
  'debt',
  'redeemed',
  'expired',
] as const;
const refusals = [
  'notEnoughPoints',
  'belowMinimum',
  'unknownReward',
  'wrongPrice',
  'fraudFlag',
  'relationshipEnded',
] as const;

const points = (description: string) => Type.Integer({ description });
const coupon = { couponId: id('The coupon.'), code: Type.Optional(label('Its code.')), ...evidence };

export const ledgerEvents = {
  'points.changed.v1': Type.Object(
    {
      reason: oneOf(entryReasons, 'What for.'),
      change: points(
        'Added to the balance, or taken from it when negative; 0 where only pending points change.',
      ),
      balance: points('Sum of `change` over all entries of the customer; negative is a debt.'),
      spendable: points('What can be redeemed: the balance, or 0 where that is negative.'),
      pendingChange: points(
        'Added to the points that wait for a return window to close, or taken from them.',
      ),
      pending: points('Sum of `pendingChange` over all entries of the customer.'),
      orderId: Type.Optional(id('The order that earned them, or that was taken back.')),
      redemptionId: Type.Optional(id('The request that spent them.')),
      expiresAt: Type.Optional(time('When the released points expire, if they are not spent before.')),
      ...evidence,
    },
    {
      title: 'Points changed',
      description:
        'An entry of the customer’s points ledger, which is only ever added to. `earned` points wait until the ' +
        'return window closes and are then `released`, or pay a debt as `debtPaid`. `returned` takes points of goods ' +
        'that went back, what goes beyond the spendable ones as `debt`. `redeemed` and `expired` take the oldest first, ' +
        'as every taking does.',
      examples: [
        {
          ...{ reason: 'earned', change: 0, balance: 200, spendable: 200, pendingChange: 12, pending: 12 },
          ...{
            orderId: 'o-2026-00017',
            ...evidenceExample,
            rule: 'loyalty.earned',
            facts: { tier: 'silver' },
          },
        },
        {
          ...{ reason: 'released', change: 12, balance: 212, spendable: 212, pendingChange: -12, pending: 0 },
          ...{
            expiresAt: '2027-05-01T04:00:00.000Z',
            ...evidenceExample,
            rule: 'loyalty.released',
            facts: {},
          },
          causes: ['timer:loyalty.next@2026-04-09T04:00:00.000Z'],
        },
      ],
      ...closed,
    },
  ),
  'tier.changed.v1': Type.Object(
    {
      from: label('Before.'),
      to: label('After.'),
      benefits: Type.Array(label('A benefit.'), {
        description: 'What the tier gives, in the shop’s own words.',
      }),
      ...evidence,
    },
    {
      title: 'Tier changed',
      description: 'The customer went up or down a tier.',
      examples: [
        {
          ...{ from: 'silver', to: 'gold', benefits: ['free-delivery'], ...evidenceExample },
          ...{ rule: 'loyalty.tierReached', facts: { earned: 4_012 } },
        },
      ],
      ...closed,
    },
  ),
  'reward.granted.v1': Type.Object(
    {
      grantId: id('A pure function of the cause.'),
      rewardId: id('What was granted; `shop-credit` is money off.'),
      quantity: Type.Integer({ minimum: 1, description: 'How many of it.' }),
      code: Type.Optional(label('By which an order or a till names it, as an order’s `coupon`.')),
      amount: Type.Optional(money('Money off, for shop credit.')),
      currency: Type.Optional(currency()),
      partner: Type.Optional(label('Who hands it out, where not the shop.')),
      expiresAt: time('Until when it can be used.'),
      ...evidence,
    },
    {
      title: 'Reward granted',
      description: 'The customer earned a reward with a full punch card, or redeemed points for one.',
      examples: [
        {
          ...{ grantId: '77ab', rewardId: 'free-loaf', quantity: 1, code: 'K3T9VWXC2M4A' },
          ...{ expiresAt: '2026-06-07T04:00:00.000Z', ...evidenceExample },
          ...{ rule: 'loyalty.cardFull', facts: { card: 'loaves' } },
        },
        {
          ...{ grantId: '77ac', rewardId: 'shop-credit', quantity: 1, amount: 5, currency: 'USD' },
          ...{ expiresAt: '2027-03-09T04:00:00.000Z', ...evidenceExample },
          ...{ rule: 'loyalty.redeemed', facts: { points: 620 } },
        },
      ],
      ...closed,
    },
  ),
  'redemption.accepted.v1': Type.Object(
    {
      redemptionId: id('The request.'),
      points: points('Points spent.'),
      balance: points('Points left.'),
      rewardId: id('What for; `shop-credit` is money off.'),
      grantId: id('The reward granted for them.'),
      ...evidence,
    },
    {
      title: 'Redemption accepted',
      description: 'The customer spent points. A request is answered once, by this or by a refusal.',
      examples: [
        {
          ...{ redemptionId: 'red-4', points: 500, balance: 120, rewardId: 'shop-credit', grantId: '77ac' },
          ...{ ...evidenceExample, rule: 'loyalty.redeemed', facts: { points: 620 } },
        },
      ],
      ...closed,
    },
  ),
  'redemption.refused.v1': Type.Object(
    {
      redemptionId: id('The request.'),
      reason: oneOf(refusals, 'Why not.'),
      balance: points('Points held; negative is a debt.'),
      ...evidence,
    },
    {
      title: 'Redemption refused',
      description:
        'The request to spend points was not granted. `wrongPrice`: the reward costs another number of points. ' +
        'One that is made again under the same `redemptionId` is not answered again.',
      examples: [
        {
          ...{ redemptionId: 'red-4', reason: 'notEnoughPoints', balance: 120 },
          ...{ ...evidenceExample, rule: 'loyalty.refused', facts: { points: 120 } },
        },
      ],
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

/**
 * One event for each sign that a product gave a customer trouble. Sales are no signals: they would outnumber everything
 * else, and stand in `purchase.events.v1` already, where `perennial quality` counts them.
 */
export const signalEvents = {
  'product.signalled.v1': Type.Object(
    {
      signal: oneOf(
        ['complaint', 'return', 'badScore'],
        'A case about the product, goods sent back, or a bad score, review or word.',
      ),
      customer: id('Who gave the sign; one customer’s many signs are not those of many.'),
      cause: Type.Optional(label('What was wrong, in the source’s own terms; absent where nobody said.')),
      category: Type.Optional(label('The product’s category, where it is known.')),
      orderId: Type.Optional(id('The order it came with.')),
      caseId: Type.Optional(id('The case.')),
      ...evidence,
    },
    {
      title: 'Product signalled',
      description:
        'A product (the subject) was complained of, sent back or scored badly. One event for each sign.',
      examples: [
        {
          signal: 'return',
          customer: 'c-1007',
          cause: 'too small',
          category: 'shoes',
          orderId: 'o-2026-00017',
          ...evidenceExample,
          rule: 'quality.return',
          facts: { products: 1 },
        },
      ],
      ...closed,
    },
  ),
};
