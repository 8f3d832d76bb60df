import Type from 'typebox';
import {
  birthday,
  channel,
  channels,
  date,
  fingerprint,
  flags,
  id,
  label,
  nullable,
  oneOf,
  relationshipTypes,
  text,
  timeZone,
} from './fields.js';

const name = () => Type.String({ minLength: 1, maxLength: 256 });
const contact = Type.Object({
  name: name(),
  role: Type.Optional(label('What this person is at the customer’s, such as `buyer`.')),
  channels: Type.Optional(
    Type.Array(channel('How this person wants to be reached.'), { maxItems: channels.length }),
  ),
});

export const profileEvents = {
  'profile.updated.v1': Type.Object(
    {
      preferredName: Type.Optional(nullable(name(), 'How the customer wants to be addressed.')),
      email: Type.Optional(
        nullable(Type.String({ format: 'email', maxLength: 320 }), 'Address for messages.'),
      ),
      phone: Type.Optional(nullable(name(), 'Number for calls and SMS.')),
      locale: Type.Optional(
        nullable(
          Type.String({ pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' }),
          'BCP 47 tag, such as `de-AT`.',
        ),
      ),
      timeZone: Type.Optional(nullable(timeZone(), 'IANA name, such as `Europe/Vienna`.')),
      birthday: Type.Optional(nullable(birthday(), '`YYYY-MM-DD`, or `--MM-DD` without the year.')),
      customerSince: Type.Optional(
        date('When the relationship began, where that was before the first event.'),
      ),
      relationshipType: Type.Optional(
        nullable(oneOf(relationshipTypes, ''), 'How the two sides deal with each other.'),
      ),
      contacts: Type.Optional(
        nullable(Type.Array(contact, { maxItems: 16 }), 'Whom to speak with at the customer’s: all of them.'),
      ),
      addressFingerprint: Type.Optional(nullable(fingerprint(''), 'Hash of the postal address.')),
      paymentFingerprint: Type.Optional(nullable(fingerprint(''), 'Hash of the means of payment.')),
      accountManager: Type.Optional(nullable(name(), 'Who in the staff looks after the customer.')),
    },
    {
      title: 'Profile updated',
      description: 'What is known of the customer changed. Absent values stay as they are; null forgets one.',
      examples: [
        {
          preferredName: 'Ann',
          email: 'ann@mail.invalid',
          locale: 'de-AT',
          timeZone: 'Europe/Vienna',
          birthday: '1984-02-29',
          customerSince: '2019-05-01',
        },
        { phone: null },
        { contacts: [{ name: 'Bea', role: 'buyer', channels: ['phone', 'email'] }] },
      ],
    },
  ),
  'relationship.changed.v1': Type.Object(
    {
      relationshipType: nullable(
        oneOf(relationshipTypes, ''),
        'How the two sides deal with each other from now on; null where that is open.',
      ),
      reason: Type.Optional(text('Why.')),
      by: Type.Optional(label('Who in the staff.')),
    },
    {
      title: 'Relationship changed',
      description: 'Staff or the customer chose another type of relationship.',
      examples: [{ relationshipType: 'self-service', reason: 'prefers the app', by: 'desk-3' }],
    },
  ),
  'consent.changed.v1': Type.Object(
    {
      purpose: oneOf(['marketing', 'survey', 'service'], 'What for.'),
      channel: channel('By which channel.'),
      granted: Type.Boolean({ description: 'True for an opt-in, false for an objection.' }),
      origin: Type.Optional(text('Where the customer said so.')),
    },
    {
      title: 'Consent changed',
      description: 'The customer allowed or forbade messages of one purpose by one channel.',
      examples: [{ purpose: 'marketing', channel: 'email', granted: true, origin: 'checkout' }],
    },
  ),
  'account.assigned.v1': Type.Object(
    { accountManager: nullable(name(), 'Who looks after the customer; null for nobody.') },
    {
      title: 'Account assigned',
      description: 'The customer got, changed or lost an account manager.',
      examples: [{ accountManager: 'desk-3' }],
    },
  ),
  'account.flagged.v1': Type.Object(
    {
      flag: oneOf(flags, 'What is suspected.'),
      cleared: Type.Optional(Type.Boolean({ description: 'True takes the flag back.' })),
      reason: Type.Optional(text('Why.')),
    },
    {
      title: 'Account flagged',
      description: 'Staff raised or cleared a flag on the customer.',
      examples: [
        { flag: 'fraud', reason: 'three chargebacks' },
        { flag: 'fraud', cleared: true },
      ],
    },
  ),
  'relationship.ended.v1': Type.Object(
    { reason: Type.Optional(text('Why.')), by: Type.Optional(label('Who in the staff.')) },
    {
      title: 'Relationship ended',
      description: 'The supplier ended the relationship.',
      examples: [{ reason: 'fraud confirmed', by: 'risk' }],
    },
  ),
  'relationship.reopened.v1': Type.Object(
    { reason: Type.Optional(text('Why.')), by: Type.Optional(label('Who in the staff.')) },
    {
      title: 'Relationship reopened',
      description: 'The supplier takes the customer back.',
      examples: [{ reason: 'mistaken identity', by: 'risk' }],
    },
  ),
  'customer.erased.v1': Type.Object(
    { requestId: Type.Optional(id('The request for erasure.')) },
    {
      title: 'Customer erased',
      description: 'All that is known of the customer is to be forgotten.',
      examples: [{ requestId: 'gdpr-12' }],
    },
  ),
};
