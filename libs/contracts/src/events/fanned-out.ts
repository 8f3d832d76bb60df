import Type from 'typebox';
import { closed } from './evidence.js';
import { healths, id, label, oneOf, relationshipTypes, stages, time } from './fields.js';

/** A sale, a new thing or place, a change of benefits, or any other news. */
export const announcementKinds = ['sale', 'launch', 'benefits', 'news'] as const;

const someOf = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Optional(Type.Array(oneOf(values, description), { minItems: 1, uniqueItems: true, description }));
const names = (description: string) =>
  Type.Optional(
    Type.Array(label(description), { minItems: 1, maxItems: 64, uniqueItems: true, description }),
  );
const plain = Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean()]);

/** On `lifecycle.inbox.v1`: what an operator says once, and every customer gets. */
export const fannedOutEvents = {
  'definition.activated.v1': Type.Object(
    {
      definition: label('`name@version`.'),
      hash: id('Content hash, sha-256 in hex.'),
    },
    {
      title: 'Definition activated',
      description:
        'Another definition is in force; one to each customer, so that those who stay silent go over to it too.',
      examples: [{ definition: 'retail@2', hash: 'a'.repeat(64) }],
      ...closed,
    },
  ),
  'announcement.published.v1': Type.Object(
    {
      announcementId: id('Unique.'),
      title: Type.Optional(label('For people.')),
      kind: oneOf(announcementKinds, 'What it is about.'),
      template: label('The message’s template.'),
      categories: names('Whom it interests: customers who bought in one of these categories.'),
      segment: Type.Optional(
        Type.Object(
          {
            stages: someOf(stages, 'Customers in one of these stages.'),
            healths: someOf(healths, 'Customers of one of these healths.'),
            tiers: names('Customers of one of these tiers.'),
            relationshipTypes: someOf(relationshipTypes, 'Customers of one of these relationship types.'),
          },
          { additionalProperties: false, description: 'Whom it is for; every part given must hold.' },
        ),
      ),
      validFrom: Type.Optional(time('Not sent before.')),
      validUntil: time('Not sent after.'),
      budget: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: 'Most customers to reach in all. Only those whose lot falls within it get this event.',
        }),
      ),
      variables: Type.Optional(
        Type.Record(Type.String({ maxLength: 64 }), plain, {
          maxProperties: 32,
          description: 'For the template; never name or address.',
        }),
      ),
    },
    {
      title: 'Announcement published',
      description: 'News for customers, as marketing; one to each customer known when it was published.',
      examples: [
        {
          announcementId: 'new-shop',
          kind: 'launch',
          template: 'announcements.new-shop',
          segment: { stages: ['expansion', 'commitment'] },
          validUntil: '2026-04-01T00:00:00.000Z',
        },
      ],
      ...closed,
    },
  ),
};
