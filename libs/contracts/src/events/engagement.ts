import Type from 'typebox';
import { answerEvents } from './answer.js';
import { channel, fingerprint, id, label, oneOf, sentiments, text } from './fields.js';
import { messageEvents } from './message.js';

export const engagementEvents = {
  ...messageEvents,
  ...answerEvents,
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
      addressFingerprint: Type.Optional(fingerprint('Hash of the friend’s postal address.')),
      paymentFingerprint: Type.Optional(fingerprint('Hash of the friend’s means of payment.')),
    },
    {
      title: 'Referral joined',
      description: 'The customer (the subject) came on a friend’s recommendation.',
      examples: [{ referralId: 'ref-20', referrer: 'c-1007' }],
    },
  ),
  'redemption.requested.v1': Type.Object(
    {
      redemptionId: id('Unique within the source; asked for again, it is not answered again.'),
      points: Type.Integer({ minimum: 1, description: 'Points to spend.' }),
      rewardId: Type.Optional(id('What for; money off (`shop-credit`) where absent.')),
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
