import { at, becomes, day, Trial } from './programmes.given.js';
import { winBack } from './win-back.js';

const due = at('2026-03-02');
const rung = 'win-back.rung';
/** Somebody silent for 33 days who has spent so much. */
const spent = (amount: number, more: Readonly<Record<string, unknown>> = {}) => ({
  lastPurchaseAt: due - 33 * day,
  daysSincePurchase: 33,
  overdueAfter: 32.3,
  keptOrders: 9,
  lastOrderCurrency: 'EUR',
  spend: { EUR: amount },
  ...more,
});
const facts = spent(50);
const overdue = { facts, health: 'atRisk', transitions: [becomes('atRisk', 'overdue')] } as const;
const dissolved = {
  facts,
  stage: 'dissolution',
  health: 'none',
  transitions: [
    becomes('none', 'dissolved', 'atRisk'),
    { ...becomes('none', 'lapsed'), region: 'stage', to: 'dissolution' },
  ],
} as const;
const ann = (chosen: object = {}) => new Trial(winBack, chosen);

/** Lives through the whole ladder by its timers; what it asked for, and on which day after it began. */
function climb(known: Readonly<Record<string, unknown>>, customer = ann()) {
  const told: string[] = [];
  const scene = { health: 'atRisk', facts: known } as const;
  const take = ({ proposals, timers }: ReturnType<typeof customer.event>): number | null | undefined => {
    for (const { template, notBefore } of proposals) told.push(`${(notBefore - due) / day} ${template}`);
    return timers?.['rung'];
  };
  let next = take(customer.timer('overdue', due, { ...overdue, facts: known }));
  while (next != null) next = take(customer.timer(rung, next, scene));
  return told;
}

describe('win-back begins', () => {
  test('with a message when the customer becomes overdue, with its reasons', () => {
    const [proposal] = ann().timer('overdue', due, overdue).proposals;
    expect(proposal).toMatchObject({
      programme: 'win-back',
      kind: 'message',
      purpose: 'marketing',
      template: 'win-back.overdue',
      variables: { keptOrders: 9, reason: 'silent' },
      expiresAt: due + 14 * day,
      evidence: {
        rule: 'win-back.message',
        facts: { daysSincePurchase: 33, overdueAfter: 32.3, reason: 'silent', worth: 50 },
        causes: ['timer:overdue@2026-03-02T12:00:00.000Z'],
      },
      restsOn: { lastPurchaseAt: due - 33 * day, subscription: null, endedBySupplier: null },
    });
  });
  test('again a month after the relationship ended', () => {
    const customer = ann();
    customer.timer('overdue', due, overdue);
    const end = due + 60 * day;
    expect(customer.timer('lapse', end, dissolved)).toMatchObject({
      proposals: [],
      timers: { rung: end + 30 * day },
    });
    const scene = { ...dissolved, transitions: [] };
    expect(customer.timer(rung, end + 30 * day, scene).proposals).toHaveLength(1);
  });
  test('stays quiet when the customer is at risk for another reason', () => {
    const detractor = { ...overdue, transitions: [becomes('atRisk', 'detractor')] };
    expect(ann().event('survey.answered.v1', due, {}, detractor).proposals).toEqual([]);
  });
  test('stays quiet without the transition, at a late event, and when the same moment ends the relationship', () => {
    expect(ann().timer('overdue', due, { ...overdue, transitions: [] }).proposals).toEqual([]);
    expect(ann().timer('overdue', due, { ...overdue, late: true }).proposals).toEqual([]);
    expect(ann().timer('overdue', due, { ...overdue, health: 'none' }).proposals).toEqual([]);
    expect(
      ann().timer('overdue', due, { ...overdue, transitions: [becomes('recovering', 'overdue')] }).proposals,
    ).toEqual([]);
  });
  test('stays quiet where the supplier ended the relationship', () => {
    const scene = { ...dissolved, facts: spent(50, { endedBySupplier: true }) };
    expect(ann().event('relationship.ended.v1', due, {}, scene)).toEqual({ proposals: [] });
  });
});

describe('the ladder', () => {
  test('rises with what the customer has spent', () => {
    expect(climb(spent(50))).toEqual(['0 win-back.overdue']);
    expect(climb(spent(100))).toEqual(['0 win-back.overdue', '14 win-back.offer']);
    expect(climb(spent(1000))).toEqual(['0 win-back.overdue', '14 win-back.offer', '28 win-back.call']);
    expect(climb(spent(1000, { lastOrderCurrency: 'USD' }))).toEqual(['0 win-back.overdue']);
  });
  test.each([
    [50, ['email', 'push']],
    [200, ['email', 'sms', 'push']],
    [1000, ['email', 'sms', 'push', 'post']],
  ])('takes more channels for one who spent %d', (amount, channels) => {
    const [proposal] = ann().timer('overdue', due, { ...overdue, facts: spent(amount) }).proposals;
    expect(proposal!.channels).toEqual(channels);
  });
  test('offers a coupon that holds for a month', () => {
    const customer = ann();
    customer.timer('overdue', due, { ...overdue, facts: spent(100) });
    const scene = { facts: spent(100), health: 'atRisk' } as const;
    expect(customer.timer(rung, due + 14 * day, scene).proposals[0]).toMatchObject({
      kind: 'offer',
      variables: { percent: 10, until: '2026-04-15T12:00:00.000Z' },
      offerUntil: due + 44 * day,
      coupon: { percent: 10 },
    });
  });
  test('asks sales to call, and nobody where the customer forbade it or a case is open', () => {
    const customer = ann({ ladders: { silent: [{ what: 'call' }] } });
    const [call] = customer.timer('overdue', due, overdue).proposals;
    expect(call).toMatchObject({ kind: 'task', purpose: 'internal', audience: 'sales', channels: ['phone'] });
    expect(climb(spent(1000, { consents: { 'phone:marketing': 'withdrawn' } }))).toHaveLength(2);
    expect(climb(spent(1000, { consents: { 'phone:service': 'withdrawn' } }))).toHaveLength(2);
    expect(climb(spent(1000, { closedChannels: { phone: 'complained' } }))).toHaveLength(2);
    expect(climb(spent(1000, { openCases: 1 }))).toEqual(['0 win-back.dissatisfied']);
  });
});

test('the account manager calls, where there is one', () => {
  const customer = ann({ ladders: { silent: [{ what: 'call' }] } });
  const facts = spent(50, { accountManager: 'desk-3' });
  expect(customer.timer('overdue', due, { ...overdue, facts }).proposals[0]!.audience).toBe(
    'account-manager',
  );
});

describe('the reason of leaving', () => {
  const leaves = (more: Readonly<Record<string, unknown>>) => climb(spent(1000, more))[0];
  test('is dissatisfaction after a bad score, or with a bad experience of the last half-year', () => {
    for (const bad of [
      { detractor: true },
      { openCases: 1 },
      { lastDissatisfiedAt: due - 179 * day },
      { lastCaseEscalatedAt: due - day },
      { lastComplaintAt: due - day },
    ])
      expect(leaves(bad)).toBe('0 win-back.dissatisfied');
    expect(leaves({ lastDissatisfiedAt: due - 180 * day })).toBe('0 win-back.overdue');
    expect(leaves({ detractor: false, openCases: 0 })).toBe('0 win-back.overdue');
  });
  test('is what the customer said, by the code that the shop gave it', () => {
    const said = (type: string, data: object) => {
      const customer = ann();
      customer.event(type, due - day, data, { facts });
      return climb(spent(1000, { detractor: true }), customer)[0];
    };
    expect(said('subscription.cancelled.v1', { reason: 'Better brand' })).toBe('0 win-back.better-brand');
    expect(said('offer.declined.v1', { actionId: 'other', reason: 'no_longer_needed' })).toBe(
      '0 win-back.changed-requirements',
    );
    expect(said('contact.made.v1', { kind: 'call', outcome: 'quality' })).toBe('0 win-back.dissatisfied');
    expect(said('contact.made.v1', { kind: 'call', outcome: 'will think about it' })).toBe(
      '0 win-back.dissatisfied',
    );
  });
  test('of a cancelled subscription is in the same event, and a ladder of its own answers it', () => {
    const scene = { ...overdue, facts: spent(50), transitions: [becomes('atRisk', 'subscriptionCancelled')] };
    const [proposal] = ann().event(
      'subscription.cancelled.v1',
      due,
      { reason: 'competitor' },
      scene,
    ).proposals;
    expect(proposal!.template).toBe('win-back.better-brand');
  });
  test('chooses the ladder: to the dissatisfied somebody calls before anything is offered', () => {
    expect(climb(spent(1000, { detractor: true }))).toEqual(['0 win-back.dissatisfied', '7 win-back.call']);
  });
});

describe('the ladder stops', () => {
  const begun = () => {
    const customer = ann();
    const [proposal] = customer.timer('overdue', due, { ...overdue, facts: spent(1000) }).proposals;
    expect(proposal).toBeDefined();
    return customer;
  };
  const later = { facts: spent(1000), health: 'atRisk' } as const;
  const goesOn = (customer: ReturnType<typeof ann>) =>
    customer.timer(rung, due + 14 * day, later).proposals.length > 0;

  test('on return, whether or not health has changed by then', () => {
    const back = spent(1000, { lastPurchaseAt: due + day });
    const seen = begun();
    const scene = {
      facts: back,
      health: 'recovering',
      transitions: [becomes('recovering', 'boughtAgain', 'atRisk')],
    } as const;
    expect(seen.event('order.completed.v1', due + day, {}, scene)).toMatchObject({ timers: { rung: null } });
    expect(seen.memory).not.toHaveProperty('climb');
    expect(begun().timer(rung, due + 14 * day, { ...later, facts: back }).proposals).toEqual([]);
  });
  test('on return to a subscription', () => {
    const facts = spent(1000, { subscription: 'active' });
    expect(begun().timer(rung, due + 14 * day, { ...later, facts }).proposals).toEqual([]);
  });
  test.each([
    ['message.unsubscribed.v1', { channel: 'email' }],
    ['message.unsubscribed.v1', { channel: 'email', purpose: 'marketing' }],
    ['message.complained.v1', { channel: 'email' }],
    ['consent.changed.v1', { channel: 'sms', purpose: 'marketing', granted: false }],
    ['offer.declined.v1', {}],
    ['contact.made.v1', { kind: 'call', outcome: 'no' }],
    ['contact.made.v1', { kind: 'call', outcome: 'Not interested' }],
  ])('on no: %s %j, and takes back what waits', (type, data) => {
    const customer = begun();
    const { asked } = customer.memory!.climb!;
    expect(customer.event(type, due + day, data, later)).toMatchObject({
      proposals: [],
      withdraws: asked,
      timers: { rung: null },
    });
    expect(goesOn(customer)).toBe(false);
  });
  test('on no to the call that it asked for last', () => {
    const customer = begun();
    customer.timer(rung, due + 14 * day, later);
    customer.timer(rung, due + 28 * day, later);
    const actionId = customer.memory!.climb!.asked.at(-1)!;
    expect(
      customer.event('task.completed.v1', due + 29 * day, { actionId, outcome: 'no' }, later).withdraws,
    ).toContain(actionId);
  });
  test.each([
    ['message.unsubscribed.v1', { channel: 'email', purpose: 'survey' }],
    ['consent.changed.v1', { channel: 'sms', purpose: 'marketing', granted: true }],
    ['consent.changed.v1', { channel: 'sms', purpose: 'survey', granted: false }],
    ['offer.declined.v1', { actionId: "another programme's" }],
    ['contact.made.v1', { kind: 'call', outcome: 'asked about opening hours' }],
    ['task.completed.v1', { actionId: "another programme's", outcome: 'no' }],
  ])('but not on %s %j', (type, data) => {
    const customer = begun();
    expect(customer.event(type, due + day, data, later)).toEqual({ proposals: [] });
    expect(goesOn(customer)).toBe(true);
  });
});

describe('a ladder does not begin again', () => {
  const again = { ...overdue, transitions: [becomes('atRisk', 'overdue', 'recovering')] };
  const back = { facts: spent(50, { lastPurchaseAt: due + day }), health: 'well' } as const;
  const returned = (customer: ReturnType<typeof ann>) =>
    customer.event(
      'order.completed.v1',
      due + day,
      {},
      { ...back, transitions: [becomes('well', 'backInRhythm', 'recovering')] },
    );

  test('in the same silence', () => {
    const customer = ann();
    customer.timer('overdue', due, overdue);
    expect(customer.timer('overdue', due + 100 * day, again).proposals).toEqual([]);
  });
  test('within 90 days of the last, and does afterwards', () => {
    for (const [days, count] of [[89, 0], [90, 1]] as const) {
      const customer = ann();
      customer.timer('overdue', due, overdue);
      returned(customer);
      expect(customer.timer('overdue', due + days * day, overdue).proposals).toHaveLength(count);
    } // prettier-ignore
  });
  test('within a year of a no, not even after the relationship ended', () => {
    for (const [days, count] of [[364, 0], [366, 1]] as const) {
      const customer = ann();
      customer.timer('overdue', due, overdue);
      customer.event('contact.made.v1', due, { kind: 'call', outcome: 'no' }, overdue);
      expect(customer.timer('lapse', due + 60 * day, dissolved).timers).toEqual({ rung: null });
      returned(customer);
      expect(customer.timer('overdue', due + days * day, overdue).proposals).toHaveLength(count);
    } // prettier-ignore
  });
});

test('its memory stays small', () => {
  const customer = ann();
  for (let when = due; when < due + 3000 * day; when += 100 * day) {
    climb(spent(1000), customer);
    customer.event('contact.made.v1', when, { kind: 'call', outcome: 'price' }, overdue);
    customer.timer('lapse', when, dissolved);
  }
  expect(JSON.stringify(customer.memory).length).toBeLessThan(700);
});
