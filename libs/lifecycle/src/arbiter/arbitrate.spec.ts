import {
  day,
  Desk,
  event,
  hour,
  noon,
  openPolicy,
  optedIn,
  outcome,
  proposal,
  time,
} from './arbiter.given.js';
import type { Brakes } from './brakes.js';
import { mostPending } from './contacts.js';
import { withdrawContacts } from './withdraw.js';

const one = (changed = {}, step = {}) => outcome(new Desk().decide([proposal(changed)], step));

describe('consent', () => {
  test('a marketing message with an opt-in is requested', () => {
    expect(one()).toBe('requested by email');
  });
  test.each(['marketing', 'survey'])('%s without an opt-in is suppressed', (purpose) => {
    expect(one({ purpose }, { facts: {} })).toBe('noConsent');
  });
  test('a service message needs none, and is suppressed on an objection', () => {
    expect(one({ purpose: 'service' }, { facts: {} })).toBe('requested by email');
    expect(one({ purpose: 'service' }, { facts: { consents: { 'email:service': 'withdrawn' } } })).toBe(
      'noConsent',
    );
  });
  test('a task for staff needs none', () => {
    expect(one({ kind: 'task', purpose: 'internal', audience: 'sales' }, { facts: {} })).toBe(
      'requested by email',
    );
  });
  test('the first channel that may be used is taken', () => {
    const facts = { ...optedIn, closedChannels: { email: 'bounced' } };
    expect(one({ channels: ['email', 'sms'] }, { facts })).toBe('requested by sms');
    expect(one({ channels: ['email'] }, { facts })).toBe('channelClosed');
  });
  test('a later channel that is free now goes before an earlier one that has to wait', () => {
    const desk = new Desk();
    desk.decide([proposal({ channels: ['sms'], purpose: 'service' })]);
    expect(outcome(desk.decide([proposal({ channels: ['sms', 'push'] })]))).toBe('requested by push');
  });
  test('a programme cannot call itself transactional: the policy lists what is', () => {
    const receipt = { purpose: 'transactional', template: 'receipt' } as const;
    expect(one(receipt, { facts: {} })).toBe('notTransactional');
    const desk = new Desk({ policy: { ...openPolicy, transactional: ['receipt'] } });
    const night = time('2026-03-04T23:00:00Z');
    expect(outcome(desk.decide([proposal(receipt)], { now: night, facts: {} }))).toBe('requested by email');
  });
});

describe('time', () => {
  test('an action whose time is over is suppressed as expired: a backfill mails nobody', () => {
    expect(one({}, { now: noon + 7 * day })).toBe('expired');
    expect(one({}, { now: time('2031-01-01T00:00:00Z') })).toBe('expired');
  });
  test('an action before its time waits for it', () => {
    expect(one({}, { now: noon - hour })).toBe('waits until 2026-03-04T12:00:00.000Z');
  });
  test("quiet hours are those of the customer's own zone", () => {
    const facts = { ...optedIn, timeZone: 'America/New_York' };
    expect(one({}, { facts })).toBe('waits until 2026-03-04T14:00:00.000Z');
    expect(one({}, { facts, now: noon + 2 * hour })).toBe('requested by email');
  });
  test.each(['Nowhere/Land', '', null, 5])("%p is no zone: the definition's counts", (timeZone) => {
    expect(one({}, { facts: { ...optedIn, timeZone } })).toBe('requested by email');
  });
  test('the reason of one that cannot go before it expires is said, and when it could', () => {
    const night = time('2026-03-04T22:00:00Z');
    const { suppressed, judgeAgainAt } = new Desk().decide([proposal({ expiresAt: night + hour })], {
      now: night,
    });
    expect(suppressed).toMatchObject([{ reason: 'quietHours', possibleAt: time('2026-03-05T09:00:00Z') }]);
    expect(judgeAgainAt).toBeNull();
  });
  test('a service message has quiet hours too, a task for staff has none', () => {
    const now = time('2026-03-04T22:00:00Z');
    expect(one({ purpose: 'service' }, { now })).toBe('waits until 2026-03-05T09:00:00.000Z');
    expect(one({ kind: 'task', audience: 'sales' }, { now })).toBe('requested by email');
  });
});

describe('frequency caps', () => {
  const later = { expiresAt: noon + 100 * day };

  test('hold the second marketing message until seven days after the first', () => {
    const desk = new Desk();
    desk.decide([proposal()]);
    expect(outcome(desk.decide([proposal(later)]))).toBe('waits until 2026-03-11T12:00:00.000Z');
    expect(outcome(desk.decide([], { now: noon + 7 * day - 1 }))).toBe(
      'waits until 2026-03-11T12:00:00.000Z',
    );
    expect(outcome(desk.decide([], { now: noon + 7 * day }))).toBe('requested by email');
  });
  test('hold the fourth until thirty days after the first, over all channels', () => {
    const desk = new Desk();
    for (const [week, channel] of (['email', 'sms', 'push'] as const).entries())
      desk.decide([proposal({ ...later, channels: [channel] })], { now: noon + week * 7 * day });
    const fourth = desk.decide([proposal(later)], { now: noon + 21 * day });
    expect(outcome(fourth)).toBe('waits until 2026-04-03T12:00:00.000Z');
  });
  test('hold SMS for fourteen days and surveys for ninety, whoever asks', () => {
    const desk = new Desk();
    desk.decide([proposal({ channels: ['sms'], purpose: 'service' })]);
    const sms = desk.decide([proposal({ ...later, channels: ['sms'], purpose: 'service' })]);
    expect(outcome(sms)).toBe('waits until 2026-03-18T12:00:00.000Z');
    const asked = new Desk();
    asked.decide([proposal({ purpose: 'survey', programme: 'follow-up' })]);
    const again = asked.decide([proposal({ ...later, purpose: 'survey', programme: 'nps' })]);
    expect(outcome(again)).toBe('waits until 2026-06-02T12:00:00.000Z');
  });
  test('count a reminder and what it reminds of as one', () => {
    const desk = new Desk();
    const asked = desk.decide([proposal({ purpose: 'survey' })]).requested[0]!;
    const reminder = { ...later, purpose: 'survey', reminderOf: asked.actionId } as const;
    expect(outcome(desk.decide([proposal(reminder)], { now: noon + 7 * day }))).toBe('requested by email');
    expect(outcome(desk.decide([proposal(reminder)], { now: noon + 8 * day }))).toBe(
      'waits until 2026-06-09T12:00:00.000Z',
    );
  });
  test('do not count service messages by email, nor what was suppressed', () => {
    const desk = new Desk();
    desk.decide([proposal({ purpose: 'service' })]);
    desk.decide([proposal()], { facts: {} });
    expect(outcome(desk.decide([proposal()]))).toBe('requested by email');
  });
  test.each(['message.failed.v1', 'message.bounced.v1'])('%s gives the slot back', (type) => {
    const desk = new Desk();
    const { actionId } = desk.decide([proposal()]).requested[0]!;
    desk.decide([], { event: event(type, { actionId: 'another', channel: 'email' }) });
    expect(outcome(desk.decide([proposal(later)]))).toMatch('waits');
    expect(outcome(desk.decide([], { event: event(type, { actionId, channel: 'email' }) }))).toBe(
      'requested by email',
    );
  });
  test('count on after a slot is given back behind which an older one stood', () => {
    // A trimmed list of slots had forgotten the oldest of four, and let a fifth through when the third came back.
    const desk = new Desk();
    const campaign = (n: number) =>
      event('campaign.sent.v1', { campaignId: `c${n}`, channel: 'post' }, noon + n * day);
    desk.decide([proposal()]);
    const own = desk.decide([proposal(later)], { now: noon + 8 * day }).requested[0]!;
    for (const n of [9, 10]) desk.decide([], { now: noon + n * day, event: campaign(n) });
    const failed = event('message.failed.v1', { actionId: own.actionId, channel: 'email' });
    const verdict = desk.decide([proposal(later)], { now: noon + 20 * day, event: failed });
    expect(outcome(verdict)).toBe('waits until 2026-04-03T12:00:00.000Z');
  });
  test("count another system's campaign as a marketing contact", () => {
    const desk = new Desk();
    desk.decide([], {
      event: event('campaign.sent.v1', { campaignId: 'spring', channel: 'post' }, noon - day),
    });
    expect(outcome(desk.decide([proposal(later)]))).toBe('waits until 2026-03-10T12:00:00.000Z');
  });
});

describe('customers who have something to complain of', () => {
  test('get no marketing and no survey for fourteen days, but service', () => {
    const facts = { ...optedIn, lastComplaintAt: noon - 10 * day };
    for (const purpose of ['marketing', 'survey'])
      expect(one({ purpose }, { facts })).toBe('waits until 2026-03-08T12:00:00.000Z');
    expect(one({ purpose: 'service' }, { facts })).toBe('requested by email');
    expect(one({}, { facts: { ...optedIn, lastComplaintAt: noon - 14 * day } })).toBe('requested by email');
  });
  test('get no promotion while a case is open, but service', () => {
    const facts = { ...optedIn, openCases: 1, openCaseAt: noon - 2 * day };
    expect(one({}, { facts })).toBe('waits until 2026-03-11T11:59:00.000Z');
    expect(one({ purpose: 'service' }, { facts })).toBe('requested by email');
  });
  test('get it as soon as the case is resolved', () => {
    const desk = new Desk();
    const waiting = desk.decide([proposal()], {
      facts: { ...optedIn, openCases: 1, openCaseAt: noon - 25 * day },
    });
    expect(outcome(waiting)).toMatch('waits until 2026-03-09');
    const resolved = { ...optedIn, openCases: 0, openCaseAt: noon };
    expect(outcome(desk.decide([], { facts: resolved }))).toBe('requested by email');
  });
  test('are told so when it is still open at the last minute', () => {
    const desk = new Desk();
    const facts = { ...optedIn, openCases: 1, openCaseAt: noon - 2 * day };
    desk.decide([proposal()], { facts });
    const { suppressed } = desk.decide([], { facts, now: time('2026-03-11T11:59:00Z') });
    expect(suppressed).toMatchObject([{ reason: 'openCase', possibleAt: noon + 28 * day }]);
  });
  test('a case silent for thirty days no longer blocks', () => {
    const facts = { ...optedIn, openCases: 1, openCaseAt: noon - 30 * day };
    expect(one({}, { facts })).toBe('requested by email');
  });
});

describe('rank', () => {
  const winner = (...proposals: readonly ReturnType<typeof proposal>[]) =>
    new Desk().decide(proposals).requested.map(({ template }) => template);

  test('lets the higher priority through', () => {
    const [low, high] = [
      proposal({ template: 'low', priority: 10 }),
      proposal({ template: 'high', priority: 20 }),
    ];
    expect(winner(low, high)).toEqual(['high']);
    expect(winner(high, low)).toEqual(['high']);
  });
  test('of equal priority lets through what expires sooner, then the lower action id', () => {
    const [soon, late] = [
      proposal({ template: 'soon', expiresAt: noon + day }),
      proposal({ template: 'late' }),
    ];
    expect(winner(late, soon)).toEqual(['soon']);
    const [a, b] = [proposal({ template: 'a' }), proposal({ template: 'b' })];
    expect(winner(a, b)).toEqual(winner(b, a));
  });
  test('counts for what waits as for what is new', () => {
    const desk = new Desk();
    desk.decide([proposal({ template: 'waiting', notBefore: noon + hour, priority: 60 })]);
    const { requested } = desk.decide([proposal({ template: 'new' })], { now: noon + hour });
    expect(requested.map(({ template }) => template)).toEqual(['waiting']);
  });
});

describe('what waits', () => {
  const tomorrow = { notBefore: noon + day };

  test('goes at its time and only once', () => {
    const desk = new Desk();
    desk.decide([proposal(tomorrow)]);
    expect(outcome(desk.decide([], { now: noon + day }))).toBe('requested by email');
    expect(outcome(desk.decide([], { now: noon + day }))).toBe('nothing');
  });
  test('is overtaken when a fact that it rests on changes, also to unknown', () => {
    const desk = new Desk();
    const restsOn = { lastPurchaseAt: noon - 40 * day, openCaseAt: null };
    const facts = { ...optedIn, lastPurchaseAt: noon - 40 * day };
    expect(outcome(desk.decide([proposal({ ...tomorrow, restsOn })], { facts }))).toMatch('waits');
    expect(outcome(desk.decide([], { facts: { ...facts, visits: 7 } }))).toMatch('waits');
    expect(outcome(desk.decide([], { facts: { ...facts, lastPurchaseAt: noon } }))).toBe('overtaken');
  });
  test('is overtaken when the consent is withdrawn or the channel closed', () => {
    for (const lost of [{ consents: {} }, { closedChannels: { email: 'complained' } }]) {
      const desk = new Desk();
      desk.decide([proposal(tomorrow)]);
      expect(outcome(desk.decide([], { facts: { ...optedIn, ...lost } }))).toBe('overtaken');
    }
  });
  test('is withdrawn for an erased customer', () => {
    const desk = new Desk();
    desk.decide([proposal(tomorrow)]);
    const context = { customer: 'ann', definition: 'retail@1', causeId: '/profile#1', now: noon };
    expect(withdrawContacts(desk.contacts, context).suppressed).toMatchObject([
      { reason: 'overtaken', action: { channel: 'email' } },
    ]);
  });
  test('is bounded: what ranks last is crowded out', () => {
    const desk = new Desk();
    const many = Array.from({ length: mostPending + 2 }, (_, priority) =>
      proposal({ ...tomorrow, priority }),
    );
    const { suppressed } = desk.decide(many);
    expect(desk.contacts.pending).toHaveLength(mostPending);
    expect(suppressed.map(({ reason, action }) => [reason, action.priority])).toEqual([
      ['crowdedOut', 1],
      ['crowdedOut', 0],
    ]);
  });
});

describe('offers', () => {
  const offer = (changed = {}) =>
    proposal({ kind: 'offer', purpose: 'service', offerUntil: noon + 30 * day, ...changed });

  test('are made one at a time, the best ranked first', () => {
    const desk = new Desk();
    const { requested, contacts } = desk.decide([
      offer({ template: 'b', priority: 1 }),
      offer({ template: 'a' }),
    ]);
    expect(requested.map(({ template }) => template)).toEqual(['a']);
    expect(contacts.pending.map(({ template }) => template)).toEqual(['b']);
    expect(outcome(desk.decide([proposal()]))).toBe('requested by email');
  });
  test.each([
    ['it lapses', undefined],
    ['it is declined', ['offer.declined.v1', {}]],
    ['its message bounces', ['message.bounced.v1', { channel: 'email' }]],
    ['its coupon is redeemed', ['coupon.redeemed.v1', { code: 'SPRING' }]],
    ['an order uses its code', ['order.completed.v1', { orderId: 'o', total: 9, coupon: 'SPRING' }]],
  ] as const)('make room when %s', (_, ending) => {
    const desk = new Desk();
    const { actionId } = desk.decide([offer({ variables: { code: 'SPRING' } })]).requested[0]!;
    const later = { now: noon + 8 * day };
    expect(outcome(desk.decide([offer({ expiresAt: noon + 60 * day })], later))).toBe(
      'waits until 2026-04-03T12:00:00.000Z',
    );
    const over = ending
      ? { ...later, event: event(ending[0], { actionId, ...ending[1] }) }
      : { now: noon + 30 * day };
    expect(outcome(desk.decide([], over))).toBe('requested by email');
  });
  test('do not make room for what others redeem or decline', () => {
    const desk = new Desk();
    desk.decide([offer()]);
    for (const other of [
      event('coupon.redeemed.v1', { code: 'FLYER' }),
      event('offer.declined.v1', { actionId: 'other' }),
      event('order.completed.v1', { orderId: 'o', total: 9, coupon: 'FLYER' }),
    ])
      expect(outcome(desk.decide([offer()], { event: other }))).toMatch('waits');
  });
});

describe('whom the supplier keeps away from', () => {
  test.each([
    ['fraudFlag', { flags: ['fraud'] }],
    ['relationshipEnded', { endedBySupplier: true }],
  ])('%s: gets no marketing, but service', (reason, standing) => {
    const facts = { ...optedIn, ...standing };
    expect(one({}, { facts })).toBe(reason);
    expect(one({ purpose: 'service' }, { facts })).toBe('requested by email');
    const desk = new Desk();
    desk.decide([proposal({ notBefore: noon + day })]);
    expect(outcome(desk.decide([], { facts }))).toBe('overtaken');
  });
  test('is not asked anything either once it is over; a flagged one may be', () => {
    const question = { kind: 'survey', purpose: 'survey' } as const;
    expect(one(question, { facts: { ...optedIn, endedBySupplier: true } })).toBe('relationshipEnded');
    expect(one(question, { facts: { ...optedIn, flags: ['fraud'] } })).toBe('requested by email');
  });
});

describe('brakes', () => {
  const braked = (brakes: Brakes, programme = 'win-back') =>
    outcome(new Desk({ brakes }).decide([proposal({ programme })]));

  test('stop a programme, or all of them, and say so', () => {
    expect(braked({ 'win-back': 'paused' })).toBe('paused');
    expect(braked({ 'win-back': 'paused' }, 'follow-up')).toBe('requested by email');
    expect(braked({ all: 'shadow' })).toBe('shadow');
    expect(braked({ all: 'shadow', 'win-back': 'paused' })).toBe('paused');
    expect(braked({ all: 'paused', 'win-back': 'shadow' })).toBe('paused');
  });
  test('hold back only what would have gone, and take no slot', () => {
    const desk = new Desk({ brakes: { 'win-back': 'shadow' } });
    expect(outcome(desk.decide([proposal()], { facts: {} }))).toBe('noConsent');
    expect(outcome(desk.decide([proposal()]))).toBe('shadow');
    expect(outcome(desk.decide([proposal({ programme: 'follow-up' })]))).toBe('requested by email');
  });
});

describe('control groups', () => {
  const control = { each: 1, all: 0, exempt: ['recovery'] };
  const held = () => new Desk({ policy: { ...openPolicy, control } });

  test('get nothing of their programme, not even a task for staff', () => {
    expect(outcome(held().decide([proposal()]))).toBe('control');
    expect(outcome(held().decide([proposal({ kind: 'task', audience: 'sales' })]))).toBe('control');
    expect(outcome(held().decide([proposal({ programme: 'recovery', purpose: 'service' })]))).toBe(
      'requested by email',
    );
  });
  test('hold only those whom a message would have reached, at the time when it would', () => {
    expect(outcome(held().decide([proposal()], { facts: {} }))).toBe('noConsent');
    const desk = held();
    expect(outcome(desk.decide([proposal({ notBefore: noon + day })]))).toMatch('waits');
    expect(outcome(desk.decide([], { now: noon + day }))).toBe('control');
  });
  test('take no slot from another programme', () => {
    const desk = held();
    desk.decide([proposal({ priority: 90 })]);
    expect(outcome(desk.decide([proposal({ programme: 'recovery' })]))).toBe('requested by email');
  });
});

describe('an action', () => {
  test('carries the evidence of its proposal and nothing of its making', () => {
    const { requested } = new Desk().decide([proposal({ restsOn: { visits: null } })]);
    expect(Object.keys(requested[0]!).sort()).toEqual(
      ['actionId', 'audience', 'channel', 'evidence', 'expiresAt', 'kind', 'notBefore', 'priority', 'programme', 'purpose', 'template', 'variables'],
    ); // prettier-ignore
  });
  test('has an id of customer, definition, cause, programme and slot, whatever else changes', () => {
    const base = proposal();
    const id = (changed = {}, fixed = {}) =>
      new Desk(fixed).decide([{ ...base, ...changed }]).requested[0]!.actionId;
    expect(id({ priority: 1, template: 'other' }, { now: noon + hour })).toBe(id());
    const evidence = { ...base.evidence, causes: ['/shop#other'] };
    const others = [
      id({}, { customer: 'bob' }),
      id({}, { definition: 'retail@2' }),
      id({ evidence }),
      id({ programme: 'follow-up' }),
      id({ slot: 'two' }),
    ];
    expect(new Set([...others, id()]).size).toBe(6);
  });
  test('proposed twice is one action', () => {
    const desk = new Desk();
    const same = proposal();
    expect(desk.decide([same, same]).requested).toHaveLength(1);
    expect(outcome(desk.decide([same]))).toBe('nothing');
    const waiting = proposal({ notBefore: noon + day, purpose: 'service' });
    desk.decide([waiting, waiting]);
    desk.decide([waiting]);
    expect(desk.contacts.pending).toHaveLength(1);
  });
});

test('nothing to decide leaves the contacts as they are, the same object', () => {
  const desk = new Desk();
  const { contacts } = desk;
  expect(desk.decide([], { event: event('page.visited.v1', { page: '/' }) }).contacts).toBe(contacts);
});
