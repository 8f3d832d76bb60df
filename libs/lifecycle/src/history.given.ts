import fc from 'fast-check';
import { channels, type DataOf, type InputType, type KnownInputEvent } from '#contracts';
import { on } from './customer.given.js';

type Happens = { readonly type: InputType; readonly data: unknown };

const some = <T extends InputType>(type: T, data: fc.Arbitrary<DataOf<T>>): fc.Arbitrary<Happens> =>
  data.map((it) => ({ type, data: it }));
const optional = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: undefined });
/** Leaves undefined values out, as JSON does. */
const record = <T extends object>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key] | undefined> }) =>
  fc.record(shape as Record<string, fc.Arbitrary<unknown>>).map((it) => JSON.parse(JSON.stringify(it)) as T);

const amount = fc.integer({ min: 0, max: 20_000 }).map((cents) => cents / 100);
const orderId = fc.integer({ min: 0, max: 11 }).map((n) => `o-${n}`);
const caseId = fc.constantFrom('k-1', 'k-2', 'k-3');
const currency = fc.constantFrom('USD', 'EUR');
const channel = fc.constantFrom(...channels);
const purpose = fc.constantFrom('marketing' as const, 'survey' as const, 'service' as const);
const product = record<DataOf<'order.completed.v1'>['products'][number]>({
  productId: fc.constantFrom('p-1', 'p-2'),
  category: optional(fc.constantFrom('bread', 'milk', 'soap', 'fruit', 'fish')),
  price: amount,
  quantity: fc.integer({ min: 0, max: 3000 }).map((n) => n / 1000),
});

const buying = fc.oneof(
  {
    weight: 5,
    arbitrary: some(
      'order.completed.v1',
      record<DataOf<'order.completed.v1'>>({
        orderId,
        total: amount,
        currency,
        discount: optional(amount),
        coupon: optional(fc.constant('WELCOME')),
        products: fc.array(product, { maxLength: 3 }),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: some(
      'order.returned.v1',
      record<DataOf<'order.returned.v1'>>({
        orderId,
        total: optional(amount),
        currency: optional(currency),
        whole: optional(fc.boolean()),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: some(
      'order.cancelled.v1',
      record<DataOf<'order.cancelled.v1'>>({ orderId, whole: optional(fc.boolean()) }),
    ),
  },
  { weight: 1, arbitrary: some('cart.abandoned.v1', fc.constant({ cartId: 'cart' })) },
  {
    weight: 1,
    arbitrary: some(
      'order.delivered.v1',
      orderId.map((it) => ({ orderId: it })),
    ),
  },
  { weight: 1, arbitrary: some('subscription.renewed.v1', fc.constant({ subscriptionId: 's-1' })) },
  { weight: 1, arbitrary: some('subscription.cancelled.v1', fc.constant({ subscriptionId: 's-1' })) },
);
const aCase = record<DataOf<'case.escalated.v1'>>({
  caseId,
  cause: optional(fc.constantFrom('late', 'broken')),
});
const help = fc.oneof(
  some('case.opened.v1', aCase),
  some('case.escalated.v1', aCase),
  some('case.resolved.v1', aCase),
  some('case.reopened.v1', aCase),
  some('case.overdue.v1', aCase),
  some(
    'contact.made.v1',
    record<DataOf<'contact.made.v1'>>({
      kind: fc.constant('call'),
      nextDate: optional(fc.constantFrom('2026-05-01', '2026-06-01')),
    }),
  ),
  some('task.completed.v1', fc.constant({ actionId: 'a-1' })),
);
const takingPart = fc.oneof(
  some(
    'survey.answered.v1',
    record<DataOf<'survey.answered.v1'>>({
      survey: fc.constant('nps'),
      score: fc.integer({ min: 0, max: 10 }),
    }),
  ),
  some(
    'survey.answered.v1',
    record<DataOf<'survey.answered.v1'>>({
      survey: fc.constant('csat'),
      score: fc.integer({ min: 10, max: 50 }).map((n) => n / 10),
    }),
  ),
  some('page.visited.v1', fc.constant({ page: '/' })),
  some(
    'message.clicked.v1',
    channel.map((it) => ({ channel: it })),
  ),
  some(
    'message.bounced.v1',
    channel.map((it) => ({ channel: it })),
  ),
  some(
    'message.complained.v1',
    channel.map((it) => ({ channel: it })),
  ),
  some(
    'message.unsubscribed.v1',
    record<DataOf<'message.unsubscribed.v1'>>({ channel, purpose: optional(purpose) }),
  ),
  some('referral.made.v1', fc.constant({ referralId: 'r-1' })),
  some('referral.joined.v1', fc.constant({ referrer: 'c-2' })),
  some(
    'redemption.requested.v1',
    fc.integer({ min: 1, max: 400 }).map((points) => ({ redemptionId: `red-${points % 7}`, points })),
  ),
  some('social.mentioned.v1', fc.constant({ network: 'mastodon', sentiment: 'negative' as const })),
  some(
    'review.posted.v1',
    fc.integer({ min: 1, max: 5 }).map((rating) => ({ rating, product: 'p-1' })),
  ),
  some(
    'feedback.given.v1',
    fc.constantFrom('positive' as const, 'negative' as const).map((sentiment) => ({ sentiment })),
  ),
);
const profile = fc.oneof(
  some(
    'profile.updated.v1',
    record<DataOf<'profile.updated.v1'>>({
      preferredName: optional(fc.constantFrom('Ann', 'Annie', null)),
      email: optional(fc.constantFrom('ann@mail.invalid', 'annie@mail.invalid')),
      timeZone: optional(
        fc.constantFrom('Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'),
      ),
      birthday: optional(fc.constantFrom('1984-02-29', '--03-29', '1990-10-04', null)),
      customerSince: optional(fc.constantFrom('2019-05-01', '2020-06-01')),
    }),
  ),
  some(
    'consent.changed.v1',
    record<DataOf<'consent.changed.v1'>>({ channel, purpose, granted: fc.boolean() }),
  ),
  some(
    'account.assigned.v1',
    fc.constantFrom('desk-1', null).map((accountManager) => ({ accountManager })),
  ),
  some(
    'account.flagged.v1',
    fc.boolean().map((cleared) => ({ flag: 'fraud' as const, cleared })),
  ),
);
const ending = fc.oneof(
  some('relationship.ended.v1', fc.constant({})),
  some('relationship.reopened.v1', fc.constant({})),
);

const anything = fc.oneof(
  { weight: 8, arbitrary: buying },
  { weight: 3, arbitrary: help },
  { weight: 4, arbitrary: takingPart },
  { weight: 2, arbitrary: profile },
  { weight: 1, arbitrary: ending },
);

/** A customer's events over so many days, in order of time; one in four shares its moment with the one before. */
export const histories = ({
  days = 390,
  most = 60,
  of = anything,
}: { days?: number; most?: number; of?: fc.Arbitrary<Happens> } = {}): fc.Arbitrary<
  readonly KnownInputEvent[]
> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: days * 8 }), fc.nat({ max: 3 }), of), { maxLength: most })
    .map((timed) => {
      let at = on(0);
      return timed
        .sort(([a], [b]) => a - b)
        .map(([eighths, apart, it], i) => {
          if (apart > 0) at = on(eighths / 8);
          return { id: `e-${i}`, source: '/shop', subject: 'c-1', at, ...it };
        });
    }) as fc.Arbitrary<readonly KnownInputEvent[]>;

/** The same events in an order in which none comes later than `days` after the latest before it. */
export const shuffled = (
  history: readonly KnownInputEvent[],
  days: number,
): fc.Arbitrary<readonly KnownInputEvent[]> =>
  fc.array(fc.nat({ max: 10_000 }), { minLength: history.length, maxLength: history.length }).map((delays) =>
    history
      .map((event, i) => ({ event, arrives: event.at + (delays[i]! / 10_000) * days * 86_400_000 }))
      .sort((a, b) => a.arrives - b.arrives)
      .map(({ event }) => event),
  );
