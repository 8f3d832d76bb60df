import Type from 'typebox';
import { actionId, channel, id, oneOf, sentiments, surveys, text } from './fields.js';

const csatRange = {
  if: { properties: { survey: { const: 'csat' } } },
  then: {
    description: 'must have a score of 1 to 5 for csat',
    properties: { score: { minimum: 1, maximum: 5 } },
  },
};

/** What customers answer and say, on `engagement.events.v1`. */
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
