import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from '../settings.js';

const closed = { additionalProperties: false } as const;
const name = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });
const currency = { pattern: '^[A-Z]{3}$' } as const;
const rate = { minimum: 0, maximum: 1000 } as const;
const percent = (value: number, description: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 100, description });

const tier = Type.Object(
  {
    name: name('As customers and support know it.'),
    from: Type.Integer({
      minimum: 0,
      description: 'Points earned in this month and the twelve before it, less those taken back.',
    }),
    multiplier: Type.Number({
      default: 1,
      minimum: 1,
      maximum: 10,
      description: 'Multiplies points earned.',
    }),
    priorityQueue: Type.Boolean({ default: false, description: 'Support takes these customers first.' }),
    offerPercent: percent(0, 'Off, in an offer for members of this tier only; 0 for none.'),
    benefits: Type.Array(name('A benefit.'), {
      default: [],
      maxItems: 16,
      description: 'What else it gives, for the texts.',
    }),
  },
  closed,
);

const partnerReward = Type.Object(
  {
    rewardId: name('As a redemption names it.'),
    points: Type.Integer({ minimum: 1, description: 'What it costs.' }),
    partner: Type.Optional(name('Who hands it out, where not the shop.')),
    validDays: days(90, 'It can be used for so many days.'),
  },
  closed,
);

const punchCard = Type.Object(
  {
    card: name('The card.'),
    category: Type.Optional(name('Goods of this category are punched;')),
    product: Type.Optional(name('or this product; or, where neither is named, any goods.')),
    buy: Type.Integer({ minimum: 1, maximum: 1000, description: 'So many make the card full.' }),
    rewardId: name('What a full card gives.'),
    validDays: days(60, 'It can be used for so many days.'),
  },
  closed,
);

export const loyaltySettings = Type.Object(
  {
    pointsPerUnit: Type.Record(Type.String(currency), Type.Number(rate), {
      default: {},
      description: 'Points for one unit of a currency, by its ISO 4217 code.',
    }),
    pointsPerUnitElse: Type.Number({
      ...rate,
      default: 1,
      description: 'Points for one unit of any other currency; 0 where only the listed ones earn.',
    }),
    categories: Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 100 }), {
      default: {},
      description: 'Multiplies the points of goods of a category.',
    }),
    returnDays: Type.Integer({
      default: 30,
      minimum: 0,
      maximum: 90,
      description: 'Points can be spent from the first Monday after so many days from the order.',
    }),
    clawbackDays: Type.Integer({
      default: 90,
      minimum: 0,
      maximum: 400,
      description: 'Goods that come back up to so many days after the order take their points back.',
    }),
    expiryMonths: Type.Integer({
      default: 12,
      minimum: 1,
      maximum: 36,
      description: 'Points expire at the end of so many months after the month of their release.',
    }),
    expiryWarnDays: days(30, 'Warned of so many days before,'),
    expiryWarnPoints: Type.Integer({ default: 100, minimum: 1, description: 'where it is so many or more.' }),
    tiers: Type.Array(tier, {
      minItems: 1,
      maxItems: 8,
      default: [
        { name: 'member', from: 0 },
        { name: 'silver', from: 1500, multiplier: 1.25, offerPercent: 10, benefits: ['free-delivery'] },
        {
          ...{ name: 'gold', from: 4000, multiplier: 1.5, offerPercent: 15, priorityQueue: true },
          benefits: ['free-delivery', 'early-access'],
        },
      ],
      description: 'The lowest is everybody’s who has bought.',
    }),
    graceDays: days(
      60,
      'A tier that is no longer earned is kept for so many days, and the customer is told.',
    ),
    membersEveryDays: days(
      90,
      'An offer for members goes out with a purchase, at most once in so many days.',
    ),
    frequentBuyer: Type.Object(
      {
        purchases: Type.Integer({
          default: 12,
          minimum: 2,
          description: 'So many purchase days within the window `recent`',
        }),
        percent: percent(8, 'bring so much off; 0 for none,'),
        everyDays: days(120, 'at most once in so many days.'),
      },
      { ...closed, default: {} },
    ),
    offerDays: days(30, 'An offer can be used for so many days.'),
    credit: Type.Object(
      {
        perPoint: Type.Number({ default: 0.01, exclusiveMinimum: 0, description: 'Money for one point,' }),
        currency: Type.String({ ...currency, default: 'USD', description: 'in this currency.' }),
        minimum: Type.Integer({ default: 500, minimum: 1, description: 'Fewer points are not exchanged.' }),
        validDays: days(365, 'It can be used for so many days.'),
      },
      { ...closed, default: {} },
    ),
    rewards: Type.Array(partnerReward, {
      default: [],
      maxItems: 100,
      description: 'What points can be spent on besides shop credit.',
    }),
    punchCards: Type.Array(punchCard, { default: [], maxItems: 16, description: 'Buy so many, get one.' }),
    milestone: Type.Integer({
      default: 500,
      minimum: 1,
      description: 'The customer is told when the spendable points pass a multiple of this,',
    }),
    tellEveryDays: days(30, 'at most once in so many days.'),
    validDays: days(14, 'No notice is sent later than so many days after its cause.'),
    priority: priority(45),
    channels: channelOrder('email', 'push'),
  },
  { ...closed, default: {} },
);

export type LoyaltySettings = Static<typeof loyaltySettings>;
export type Tier = LoyaltySettings['tiers'][number];
export type PunchCard = LoyaltySettings['punchCards'][number];
