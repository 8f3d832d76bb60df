import { keyAccount } from './key-account.js';
import { at, becomes, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
/** A customer who spent so much in ten orders. */
const spent = (amount: number, more: Readonly<Record<string, unknown>> = {}) => ({
  orders: 10,
  orderValueMean: amount / 10,
  lastOrderCurrency: 'EUR',
  spend: { EUR: amount },
  ...more,
});
const managed = (amount = 3000, more: Readonly<Record<string, unknown>> = {}) =>
  ({
    facts: spent(amount, { accountManager: 'desk-3', ...more }),
    stage: 'commitment',
  }) as const;
const committed = {
  ...becomes('well', 'boughtFaithfully'),
  region: 'stage',
  from: 'expansion',
  to: 'commitment',
} as const;
const bought = 'order.completed.v1';
const ann = () => new Trial(keyAccount);
const begun = () => {
  const customer = ann();
  customer.event('account.assigned.v1', monday, { accountManager: 'desk-3' }, managed());
  return customer;
};

describe('a manager is suggested to sales', () => {
  const offered = (amount: number, scene: object = {}, more: object = {}) =>
    ann().event(bought, monday, {}, { facts: spent(amount, { ...more }), ...scene }).proposals;

  test('when a customer of some worth becomes committed', () => {
    const scene = { stage: 'commitment', transitions: [committed] };
    expect(offered(2000, scene)).toMatchObject([
      {
        kind: 'task',
        purpose: 'internal',
        audience: 'sales',
        template: 'key-account.offer',
        variables: { worth: 2000, currency: 'EUR' },
        restsOn: { accountManager: null, endedBySupplier: null },
      },
    ]);
    expect(offered(1999, scene)).toEqual([]);
  });
  test('by worth alone in any other stage', () => {
    expect(offered(4000)).toHaveLength(1);
    expect(offered(3999)).toEqual([]);
    expect(offered(4000, {}, { spend: { EUR: 3900 } })).toEqual([]);
  });
  test('once a year', () => {
    const customer = ann();
    const counts = [0, 1, 364, 365].map(
      (days) => customer.event(bought, monday + days * day, {}, { facts: spent(5000) }).proposals.length,
    );
    expect(counts).toEqual([1, 0, 0, 1]);
  });
  test('stays quiet where there is one, in dissolution, and at a late event', () => {
    expect(offered(9000, {}, { accountManager: 'desk-3' })).toEqual([]);
    expect(offered(9000, { stage: 'dissolution' })).toEqual([]);
    expect(offered(9000, { late: true })).toEqual([]);
  });
});

describe('the manager', () => {
  test('is made known to the customer, and calls after a week', () => {
    const step = ann().event('account.assigned.v1', monday, { accountManager: 'desk-3' }, managed());
    expect(step.proposals).toMatchObject([
      {
        kind: 'message',
        purpose: 'service',
        audience: 'customer',
        template: 'key-account.manager',
        variables: { accountManager: 'desk-3' },
        restsOn: { accountManager: 'desk-3' },
      },
    ]);
    expect(step.timers).toEqual({ call: monday + 7 * day, meeting: monday + 365 * day });
  });
  test('is made known once, however often the profile is sent', () => {
    const customer = begun();
    const again = customer.event('profile.updated.v1', monday + day, { accountManager: 'desk-3' }, managed());
    expect(again.proposals).toEqual([]);
    const other = managed(3000, { accountManager: 'desk-4' });
    expect(customer.event('account.assigned.v1', monday + 2 * day, {}, other).proposals).toHaveLength(1);
  });
  test('calls every 90 days and meets once a year', () => {
    const customer = begun();
    const call = customer.timer('key-account.call', monday + 7 * day, managed());
    expect(call).toMatchObject({
      proposals: [
        { kind: 'task', audience: 'account-manager', template: 'key-account.call', channels: ['phone'] },
      ],
      timers: { call: monday + 97 * day },
    });
    expect(customer.timer('key-account.meeting', monday + 365 * day, managed())).toMatchObject({
      proposals: [{ template: 'key-account.meeting', channels: ['in-person'] }],
      timers: { meeting: monday + 730 * day },
    });
  });
  test('begins to count anew after each contact', () => {
    const call = begun().event('contact.made.v1', monday + day, { kind: 'call' }, managed());
    expect(call).toEqual({ proposals: [], timers: { call: monday + 91 * day } });
    const visit = begun().event('contact.made.v1', monday + day, { kind: 'visit' }, managed());
    expect(visit.timers).toEqual({ call: monday + 91 * day, meeting: monday + 366 * day });
  });
  test('has a task on the day that was agreed, at nine by the clock of the shop', () => {
    const customer = begun();
    const agreed = customer.event(
      'contact.made.v1',
      monday + day,
      { kind: 'call', nextDate: '2026-04-01' },
      managed(),
    );
    const nine = Date.parse('2026-04-01T09:00:00+02:00');
    expect(agreed.timers).toEqual({ date: nine, call: nine + 90 * day });
    expect(customer.timer('key-account.date', nine, managed(10))).toMatchObject({
      proposals: [{ template: 'key-account.date', audience: 'account-manager', notBefore: nine }],
    });
  });
  test('sees in the task how many notes of interest there are, and not what they say', () => {
    const customer = begun();
    for (const days of [1, 2]) {
      const note = { kind: 'note', outcome: 'collects old clocks' };
      customer.event('contact.made.v1', monday + days * day, note, managed());
    }
    const [task] = customer.timer('key-account.call', monday + 7 * day, managed()).proposals;
    expect(task!.variables).toEqual({ notes: 2, lastNoteAt: new Date(monday + 2 * day).toISOString() });
    expect(JSON.stringify(customer.memory)).not.toContain('clocks');
  });
  test('stays quiet with a customer who is too small, and looks again in 90 days', () => {
    const small = begun().timer('key-account.call', monday + 7 * day, managed(100));
    expect(small).toEqual({ proposals: [], timers: { call: monday + 97 * day } });
  });
  test('writes where calls are forbidden', () => {
    const scene = managed(3000, { consents: { 'phone:service': 'withdrawn' } });
    const [task] = begun().timer('key-account.call', monday + 7 * day, scene).proposals;
    expect(task!.channels).toEqual(['email']);
  });
  test('leaves a lost customer to win-back, but for a date that was agreed', () => {
    const lost = { ...managed(9000), stage: 'dissolution' } as const;
    expect(begun().timer('key-account.call', monday, lost).proposals).toEqual([]);
    expect(begun().timer('key-account.date', monday, lost).proposals).toHaveLength(1);
  });
  test('has nothing more to do when nobody is', () => {
    const customer = begun();
    const nobody = { facts: spent(9000) };
    const gone = customer.event('account.assigned.v1', monday + day, { accountManager: null }, nobody);
    expect(gone.timers).toEqual({ call: null, meeting: null, date: null });
    expect(customer.timer('key-account.call', monday + 7 * day, nobody)).toEqual({ proposals: [] });
    expect(
      customer.event('contact.made.v1', monday, { kind: 'call', nextDate: '2026-04-01' }, nobody),
    ).toEqual({ proposals: [] });
  });
  test('is not given a date that has passed', () => {
    const step = begun().event(
      'contact.made.v1',
      monday,
      { kind: 'call', nextDate: '2026-03-01' },
      managed(),
    );
    expect(step.timers).toEqual({ call: monday + 90 * day });
  });
});

describe('an alert', () => {
  const alerts = (type: string, data: object, scene: object = {}, customer = begun(), when = monday + day) =>
    customer
      .event(type, when, data, { ...managed(), ...scene })
      .proposals.map(({ variables }) => variables['change']);
  const atRisk = { health: 'atRisk', transitions: [becomes('atRisk', 'overdue')] } as const;
  const contacts = (...names: string[]) => ({ contacts: names.map((name) => ({ name })) });

  test('tells of a change of rhythm', () => {
    const [alert] = begun().timer('overdue', monday + 40 * day, { ...managed(), ...atRisk }).proposals;
    expect(alert).toMatchObject({
      kind: 'flag',
      audience: 'account-manager',
      template: 'key-account.alert',
      variables: { change: 'rhythm' },
    });
  });
  test.each([
    ['survey.answered.v1', { survey: 'nps', score: 6 }],
    ['survey.answered.v1', { survey: 'csat', score: 2 }],
    ['feedback.given.v1', { sentiment: 'negative' }],
    ['review.posted.v1', { rating: 2 }],
  ])('tells of a change of mood: %s %j', (type, data) => {
    expect(alerts(type, data)).toEqual(['mood']);
    expect(alerts(type, data, atRisk)).toEqual(['mood']);
  });
  test('tells of other contact persons, and keeps none of their names', () => {
    const customer = begun();
    const update = (...names: string[]) => alerts('profile.updated.v1', contacts(...names), {}, customer);
    expect([update('Bea'), update('Bea'), update('Bea', 'Dan')]).toEqual([[], [], ['contact']]);
    expect(JSON.stringify(customer.memory)).not.toMatch('Bea');
  });
  test('of a kind goes once in 14 days', () => {
    const customer = begun();
    const bad = { sentiment: 'negative' };
    const counts = [0, 13, 14].map(
      (days) => alerts('feedback.given.v1', bad, {}, customer, monday + days * day).length,
    );
    expect(counts).toEqual([1, 0, 1]);
  });
  test('stays quiet at what is no change', () => {
    expect(alerts('survey.answered.v1', { survey: 'nps', score: 7 })).toEqual([]);
    expect(alerts('feedback.given.v1', { sentiment: 'positive' })).toEqual([]);
    expect(alerts('review.posted.v1', { rating: 3 })).toEqual([]);
    expect(alerts('profile.updated.v1', { locale: 'de' })).toEqual([]);
    expect(alerts(bought, {})).toEqual([]);
  });
  test('stays quiet without a manager, with a customer who is too small, and at a late event', () => {
    const bad = { sentiment: 'negative' };
    const unmanaged = ann();
    unmanaged.event(bought, monday, {}, { facts: spent(9000) });
    expect(alerts('feedback.given.v1', bad, { facts: spent(9000) }, unmanaged)).toEqual([]);
    expect(alerts('feedback.given.v1', bad, managed(100))).toEqual([]);
    expect(alerts('feedback.given.v1', bad, { late: true })).toEqual([]);
  });
});
