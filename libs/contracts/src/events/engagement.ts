import Type from 'typebox';
import { actionId, channel, id, label, oneOf, sentiments, surveys, text } from './fields.js';

const message = {
  actionId: Type.Optional(actionId()),
  messageId: Type.Optional(id('The message in the sender’s own numbering.')),
  channel: channel(),
  reason: Type.Optional(text('As the carrier gives it.')),
};
const sent = { actionId: '6f0c2a', messageId: 'm-5511', channel: 'email' };

export const messageEvents = {
  'message.delivered.v1': Type.Object(message, {
    title: 'Message delivered',
    description: 'The carrier accepted the message.',
    examples: [sent],
  }),
  'message.failed.v1': Type.Object(message, {
    title: 'Message failed',
    description: 'The message was never sent: its contact slot is given back.',
    examples: [{ ...sent, reason: 'no address known' }],
  }),
  'message.clicked.v1': Type.Object(
    { ...message, link: Type.Optional(text('Where the click led.')) },
    {
      title: 'Message clicked',
      description: 'The customer followed a link in a message.',
      examples: [{ ...sent, link: 'https://shop.invalid/spring' }],
    },
  ),
  'message.bounced.v1': Type.Object(
    {
      ...message,
      bounce: Type.Optional(oneOf(['hard', 'soft'], '`hard` where absent: the address is no good.')),
    },
    {
      title: 'Message bounced',
      description: 'The message came back.',
      examples: [{ ...sent, bounce: 'hard', reason: '550 no such user' }],
    },
  ),
  'message.unsubscribed.v1': Type.Object(
    {
      ...message,
      purpose: Type.Optional(
        oneOf(['marketing', 'survey', 'service'], 'What for; all of them where absent.'),
      ),
    },
    {
      title: 'Message unsubscribed',
      description: 'The customer objected to further messages by this channel.',
      examples: [{ ...sent, purpose: 'marketing' }],
    },
  ),
  'message.complained.v1': Type.Object(message, {
    title: 'Message complained of',
    description: 'The customer reported a message as spam.',
    examples: [sent],
  }),
};

const csatRange = {
  if: { properties: { survey: { const: 'csat' } } },
  then: {
    description: 'must have a score of 1 to 5 for csat',
    properties: { score: { minimum: 1, maximum: 5 } },
  },
};

export const answerEvents = {
  'survey.answered.v1': Type.Object(
    {
      actionId: Type.Optional(actionId()),
      survey: oneOf(surveys, 'Which kind: `nps` asks for a recommendation, `csat` for satisfaction.'),
      score: Type.Number({ minimum: 0, maximum: 10, description: 'nps and feedback 0 to 10, csat 1 to 5.' }),
      comment: Type.Optional(text('The customer’s words.')),
      caseId: Type.Optional(id('The case asked about.')),
      orderId: Type.Optional(id('The order asked about.')),
    },
    {
      title: 'Survey answered',
      description: 'The customer answered a survey.',
      examples: [
        { actionId: '6f0c2a', survey: 'nps', score: 9, comment: 'always friendly' },
        { survey: 'csat', score: 4, orderId: 'o-2026-00017' },
      ],
      ...csatRange,
    },
  ),
  'survey.expired.v1': Type.Object(
    { actionId: actionId(), survey: Type.Optional(oneOf(surveys, 'Which kind.')) },
    {
      title: 'Survey expired',
      description: 'The customer did not answer in time.',
      examples: [{ actionId: '6f0c2a', survey: 'nps' }],
    },
  ),
  'offer.declined.v1': Type.Object(
    {
      actionId: Type.Optional(actionId()),
      offerId: Type.Optional(id('The offer in the shop’s own numbering.')),
      reason: Type.Optional(text('Why, in the customer’s words.')),
    },
    {
      title: 'Offer declined',
      description: 'The customer said no to an offer.',
      examples: [{ actionId: '6f0c2a', reason: 'have one already' }],
    },
  ),
  'feedback.given.v1': Type.Object(
    {
      sentiment: oneOf(sentiments, 'As the source judged it.'),
      comment: Type.Optional(text('The customer’s words.')),
      product: Type.Optional(id('The product concerned.')),
      channel: Type.Optional(channel('Where it was given.')),
    },
    {
      title: 'Feedback given',
      description: 'The customer said something unasked.',
      examples: [{ sentiment: 'positive', comment: 'best rye in town', product: 'sku-1042' }],
    },
  ),
  'review.posted.v1': Type.Object(
    {
      rating: Type.Number({ minimum: 1, maximum: 5, description: 'Stars, 1 to 5.' }),
      product: Type.Optional(id('The product reviewed.')),
      comment: Type.Optional(text('The customer’s words.')),
      url: Type.Optional(text('Where it stands.')),
    },
    {
      title: 'Review posted',
      description: 'The customer reviewed a product or the shop in public.',
      examples: [{ rating: 5, product: 'sku-1042', comment: 'best rye in town' }],
    },
  ),
};

export const communityEvents = {
  'page.visited.v1': Type.Object(
    {
      page: text('Path or address of the page.'),
      product: Type.Optional(id('The product shown.')),
      category: Type.Optional(label('The category shown.')),
      visitId: Type.Optional(id('Groups the pages of one visit.')),
    },
    {
      title: 'Page visited',
      description: 'The customer, known by name, looked at a page.',
      examples: [{ page: '/bread/rye', product: 'sku-1042', category: 'bakery', visitId: 'v-901' }],
    },
  ),
  'social.mentioned.v1': Type.Object(
    {
      network: label('Where.'),
      sentiment: Type.Optional(oneOf(sentiments, 'As the source judged it.')),
      url: Type.Optional(text('Where it stands.')),
    },
    {
      title: 'Mentioned on a social network',
      description: 'The customer named the shop in public.',
      examples: [{ network: 'mastodon', sentiment: 'positive', url: 'https://social.invalid/@ann/1' }],
    },
  ),
  'contest.entered.v1': Type.Object(
    { contestId: id('The contest.') },
    {
      title: 'Contest entered',
      description: 'The customer took part in a contest.',
      examples: [{ contestId: 'spring-photo' }],
    },
  ),
  'community.joined.v1': Type.Object(
    { communityId: id('The community.') },
    {
      title: 'Community joined',
      description: 'The customer joined a community of the shop.',
      examples: [{ communityId: 'bakers-circle' }],
    },
  ),
  'referral.made.v1': Type.Object(
    {
      referralId: id('Ties the recommendation to the friend who follows it.'),
      channel: Type.Optional(channel('How it was passed on.')),
    },
    {
      title: 'Referral made',
      description: 'The customer recommended the shop to a friend.',
      examples: [{ referralId: 'ref-20', channel: 'email' }],
    },
  ),
  'referral.joined.v1': Type.Object(
    {
      referralId: Type.Optional(id('The recommendation followed.')),
      referrer: id('Customer id of who recommended the shop.'),
    },
    {
      title: 'Referral joined',
      description: 'The customer (the subject) came on a friend’s recommendation.',
      examples: [{ referralId: 'ref-20', referrer: 'c-1007' }],
    },
  ),
  'redemption.requested.v1': Type.Object(
    {
      redemptionId: id('Unique within the source.'),
      points: Type.Integer({ minimum: 1, description: 'Points to spend.' }),
      rewardId: Type.Optional(id('What for.')),
    },
    {
      title: 'Redemption requested',
      description: 'The customer wants to spend loyalty points.',
      examples: [{ redemptionId: 'red-4', points: 500, rewardId: 'free-loaf' }],
    },
  ),
  'campaign.sent.v1': Type.Object(
    { campaignId: id('The campaign.'), channel: channel() },
    {
      title: 'Campaign sent',
      description: 'Another system sent the customer a campaign; it counts as a contact.',
      examples: [{ campaignId: 'spring-2026', channel: 'post' }],
    },
  ),
  'coupon.redeemed.v1': Type.Object(
    {
      couponId: Type.Optional(id('The coupon.')),
      code: Type.Optional(label('Its code.')),
      campaignId: Type.Optional(id('The campaign it came with.')),
      orderId: Type.Optional(id('The order it was used on.')),
    },
    {
      title: 'Coupon redeemed',
      description: 'The customer used a coupon: `couponId`, `code` or both name it.',
      examples: [{ couponId: 'cp-31', code: 'WELCOME', campaignId: 'spring-2026', orderId: 'o-2026-00017' }],
      anyOf: [{ required: ['couponId'] }, { required: ['code'] }],
    },
  ),
};

export const engagementEvents = { ...communityEvents, ...messageEvents, ...answerEvents };
