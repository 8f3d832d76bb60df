import Type from 'typebox';
import { closed } from './evidence.js';
import { fingerprint, id, label, oneOf, time } from './fields.js';

/** On `lifecycle.inbox.v1`, about one customer. */
export const inboxEvents = {
  'timer.due.v1': Type.Object(
    { name: label('The timer’s name within the customer.'), due: time('When it was due.') },
    {
      title: 'Timer due',
      description: 'The scheduler saw a silent customer’s timer pass; `time` equals `due`.',
      examples: [{ name: 'overdue', due: '2026-03-09T05:00:00.000Z' }],
      ...closed,
    },
  ),
  'referral.converted.v1': Type.Object(
    {
      referralId: Type.Optional(id('The recommendation.')),
      friend: id('Customer id of the friend.'),
      orderId: id('The friend’s first kept purchase.'),
      joinedAt: Type.Optional(time('When the friend came on the recommendation.')),
      addressFingerprint: Type.Optional(fingerprint('Hash of the friend’s postal address.')),
      paymentFingerprint: Type.Optional(fingerprint('Hash of the friend’s means of payment.')),
    },
    {
      title: 'Referral converted',
      description:
        'The friend whom the customer (the subject) recommended made a first purchase and kept it until the return window closed.',
      examples: [
        {
          referralId: 'ref-20',
          friend: 'c-2044',
          orderId: 'o-2026-00031',
          joinedAt: '2026-03-01T10:00:00.000Z',
        },
      ],
      ...closed,
    },
  ),
  'referral.accepted.v1': Type.Object(
    {
      referralId: Type.Optional(id('The recommendation.')),
      referrer: id('Customer id of who recommended the shop.'),
      orderId: id('The first kept purchase, of the customer (the subject).'),
    },
    {
      title: 'Referral accepted',
      description: 'The referrer was found entitled, so the friend (the subject) is credited as well.',
      examples: [{ referralId: 'ref-20', referrer: 'c-1007', orderId: 'o-2026-00031' }],
      ...closed,
    },
  ),
};

/** On `lifecycle.order.v1`, one per batch; the subject is the partition index. */
export const orderEvents = {
  'batch.applied.v1': Type.Object(
    {
      group: label('Consumer group.'),
      partition: Type.Integer({ minimum: 0 }),
      number: Type.Integer({ minimum: 1, description: 'Batch number, without gaps.' }),
      slices: Type.Record(
        Type.String(),
        Type.Unsafe<[from: number, to: number]>(
          Type.Array(Type.Integer({ minimum: 0 }), { minItems: 2, maxItems: 2 }),
        ),
        { description: 'By topic, the first offset and the one after the last.' },
      ),
      watermark: time('Event-time watermark.'),
      now: time('The batch’s recorded clock.'),
      definition: Type.Object(
        {
          name: label('Its name.'),
          version: Type.Integer({ minimum: 1 }),
          hash: id('Content hash, sha-256 in hex.'),
        },
        { additionalProperties: false },
      ),
      rules: Type.Integer({ minimum: 1, description: 'Rules revision.' }),
      brakes: Type.Optional(
        Type.Record(Type.String(), oneOf(['paused', 'shadow'], 'What is asked for is suppressed.'), {
          description: 'By programme, or `all`: what operators had set. Absent where nothing was.',
        }),
      ),
      counts: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
        description: 'What came of the records.',
      }),
    },
    {
      title: 'Batch applied',
      description: 'The order record: with it and the inputs, a replay gives the same ids and bytes.',
      examples: [
        {
          group: 'perennial',
          partition: 3,
          number: 42,
          slices: { 'purchase.events.v1': [1200, 1450], 'profile.events.v1': [80, 80] },
          watermark: '2026-03-08T00:00:00.000Z',
          now: '2026-03-08T00:00:01.250Z',
          definition: { name: 'retail', version: 1, hash: 'a'.repeat(64) },
          rules: 1,
          counts: { folded: 249, duplicates: 1, transitions: 7 },
        },
      ],
      ...closed,
    },
  ),
};
