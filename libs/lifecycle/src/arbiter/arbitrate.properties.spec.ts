import fc from 'fast-check';
import type { InputEvent } from '#contracts';
import type { Proposal, Verdict } from '../programme.js';
import type { Action } from '../types.js';
import { day, hour, retailPolicy, time } from './arbiter.given.js';
import { arbitrate, stillWaits, type Question } from './arbitrate.js';
import { mostPending, newContacts, type Contacts } from './contacts.js';
import { inControlGroup } from './control.js';

type Facts = Record<string, unknown>;

/** One thing that happens: time goes on, facts change, a message fails, programmes propose. */
interface Happening {
  readonly after: number;
  readonly change: (facts: Facts, now: number) => Facts;
  /** A message fails or another system's campaign goes out; the number picks which message. */
  readonly event: readonly ['failed' | 'bounced' | 'campaign', number] | undefined;
  readonly wishes: readonly Wish[];
}

interface Wish extends Pick<Proposal, 'programme' | 'purpose' | 'audience' | 'channels' | 'priority'> {
  readonly starts: number;
  readonly lasts: number;
  readonly rests: boolean;
  readonly offers?: true;
}

const channel = fc.constantFrom<Action['channel']>('email', 'sms', 'push');
const span = fc
  .oneof(fc.integer({ min: 0, max: 36 }), fc.integer({ min: 0, max: 24 * 20 }))
  .map((hours) => hours * hour);

const wish: fc.Arbitrary<Wish> = fc.record({
  programme: fc.constantFrom('follow-up', 'win-back', 'recovery'),
  purpose: fc.constantFrom<Action['purpose']>('marketing', 'marketing', 'survey', 'service', 'transactional'),
  audience: fc.constantFrom<Action['audience']>('customer', 'customer', 'customer', 'sales'),
  channels: fc.uniqueArray(channel, { minLength: 1, maxLength: 3 }),
  priority: fc.integer({ min: 0, max: 3 }),
  starts: fc.integer({ min: -5, max: 5 }).map((days) => days * day),
  lasts: span,
  rests: fc.boolean(),
});

const consentWord = fc.constantFrom('granted', 'granted', 'withdrawn');
const purpose = fc.constantFrom('marketing', 'survey', 'service');
const change: fc.Arbitrary<Happening['change']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant((facts: Facts) => facts) },
  {
    weight: 4,
    arbitrary: fc.tuple(channel, purpose, consentWord).map(([by, of, word]) => (facts: Facts) => ({
      ...facts,
      consents: { ...(facts['consents'] as object), [`${by}:${of}`]: word },
    })),
  },
  channel.map((closed) => (facts: Facts) => ({ ...facts, closedChannels: { [closed]: 'bounced' } })),
  fc.constant((facts: Facts) => ({ ...facts, closedChannels: {} })),
  fc.constant((facts: Facts, now: number) => ({ ...facts, openCases: 1, openCaseAt: now })),
  fc.constant((facts: Facts) => ({ ...facts, openCases: 0, openCaseAt: undefined })),
  fc.constant((facts: Facts, now: number) => ({ ...facts, lastComplaintAt: now })),
  fc.constant((facts: Facts, now: number) => ({ ...facts, lastPurchaseAt: now })),
  fc
    .constantFrom('America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham', 'Mars/Base')
    .map((timeZone) => (facts: Facts) => ({ ...facts, timeZone })),
);

const happening: fc.Arbitrary<Happening> = fc.record({
  after: span,
  change,
  event: fc.option(
    fc.tuple(fc.constantFrom('failed' as const, 'bounced' as const, 'campaign' as const), fc.nat(20)),
    { nil: undefined, freq: 4 },
  ),
  wishes: fc.array(wish, { maxLength: 3 }),
});

const beginning = {
  consents: { 'email:marketing': 'granted', 'email:survey': 'granted', 'sms:marketing': 'granted' },
};
/** The last days before clocks change, in the north and in the south. */
const starts = fc.constantFrom(...['2026-03-06', '2026-10-30', '2026-04-02', '2026-10-01'].map(time));
const customers = fc.integer({ min: 0, max: 40 }).map((n) => `c-${n}`);
const storyOf = (least: number, most: number) =>
  fc.record({
    customer: customers,
    start: starts,
    happenings: fc.array(happening, { minLength: least, maxLength: most, size: 'max' }),
  });
const story = storyOf(0, 40);
/** Marketing and surveys are asked for twice a day and may wait for weeks; messages fail, and campaigns go out. */
const demanding = storyOf(20, 40).map(({ happenings, ...told }) => ({
  ...told,
  happenings: happenings
    .flatMap((it) => [it, it, it])
    .map((it, n) => ({
      ...it,
      after: 13 * hour,
      change: (facts: Facts) => facts,
      event: n % 9 === 0 ? it.event : undefined,
      wishes: it.wishes.map((asked, slot) => ({
        ...asked,
        purpose: slot === 0 ? ('marketing' as const) : asked.purpose,
        audience: 'customer' as const,
        channels: slot === 0 ? (['email', 'sms', 'push'] as const) : asked.channels,
        starts: 0,
        lasts: 20 * day,
      })),
    })),
}));
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

interface Sent extends Action {
  readonly at: number;
}

/** All that was decided, and the marketing contacts that count: requests not given back, and campaigns. */
interface Ledger {
  readonly proposed: Set<string>;
  readonly ended: string[];
  sent: Pick<Sent, 'actionId' | 'purpose' | 'channel' | 'at'>[];
}

type Check = (question: Question, verdict: Verdict<Contacts>, ledger: Ledger) => void;

const policy = {
  ...retailPolicy,
  transactional: ['template'],
  control: { ...retailPolicy.control, each: 0.3 },
};

/** Tells a story to the arbiter and looks at each of its verdicts. */
function tell({ customer, start, happenings }: Story, check: Check): void {
  let now = start;
  let facts: Facts = beginning;
  let contacts = newContacts();
  const ledger: Ledger = { proposed: new Set(), ended: [], sent: [] };
  happenings.forEach(({ after, change: changed, event: told, wishes }, n) => {
    now += after;
    facts = changed(facts, now);
    const event = told && eventOf(told, ledger, n, now);
    const present = facts;
    const question: Question = {
      customer,
      definition: 'retail@1',
      zone: 'Europe/Vienna',
      policy,
      now,
      causeId: `/test#${n}`,
      fact: (name) => present[name],
      ...(event && { event }),
      proposals: wishes.map((it, slot) => proposalOf(it, `${n}.${slot}`, now, present)),
      contacts,
    };
    const verdict = arbitrate(question);
    check(question, verdict, ledger);
    for (const action of verdict.requested)
      if (action.audience === 'customer') ledger.sent.push({ ...action, at: now });
    contacts = JSON.parse(JSON.stringify(verdict.contacts)) as Contacts;
  });
}

function eventOf(told: NonNullable<Happening['event']>, ledger: Ledger, n: number, now: number): InputEvent {
  const [what, which] = told;
  const about = { id: `m-${n}`, source: '/mail', subject: 'ann', at: now };
  if (what === 'campaign') {
    ledger.sent.push({ actionId: `campaign-${n}`, purpose: 'marketing', channel: 'post', at: now });
    return { ...about, type: 'campaign.sent.v1', data: { campaignId: `campaign-${n}`, channel: 'post' } };
  }
  const actionId = ledger.sent[which]?.actionId ?? 'unknown';
  ledger.sent = ledger.sent.filter((sent) => sent.actionId !== actionId || actionId.startsWith('campaign'));
  return { ...about, type: `message.${what}.v1`, data: { actionId, channel: 'email' } };
}

function proposalOf(
  { starts, lasts, rests, offers, ...wished }: Wish,
  slot: string,
  now: number,
  facts: Facts,
): Proposal {
  const lastPurchaseAt = (facts['lastPurchaseAt'] ?? null) as number | null;
  return {
    ...wished,
    slot,
    kind: offers ? 'offer' : 'message',
    template: 'template',
    variables: offers ? { code: 'CODE' } : {},
    ...(offers && starts > 0 && { coupon: { percent: 5 } }),
    notBefore: now + starts,
    expiresAt: now + starts + lasts,
    evidence: { rule: 'rule', facts: {}, causes: [slot] },
    ...(rests && { restsOn: { lastPurchaseAt } }),
  };
}

const toCustomer = ({ requested }: Verdict<Contacts>) =>
  requested.filter(({ audience, purpose }) => audience === 'customer' && purpose !== 'transactional');

const clocks = new Map<unknown, Intl.DateTimeFormat>();
function wallClock(at: number, zone: unknown): string {
  const timeZone = zone === undefined || zone === 'Mars/Base' ? 'Europe/Vienna' : (zone as string);
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, clock);
  }
  return clock.format(at);
}

const holds = (check: Check, stories = story) =>
  fc.assert(
    fc.property(stories, (told) => tell(told, check)),
    { numRuns: 150 },
  );

describe('whatever happens to a customer', () => {
  test('no marketing and no survey goes out without an opt-in, nothing by a closed channel or against an objection', () => {
    holds(({ fact }, verdict) => {
      for (const { purpose: of, channel: by } of toCustomer(verdict)) {
        const word = (fact('consents') as Record<string, string>)[`${by}:${of}`];
        expect(of === 'service' ? word !== 'withdrawn' : word === 'granted').toBe(true);
        expect((fact('closedChannels') as Facts | undefined)?.[by]).toBeUndefined();
      }
    });
  });

  test('no message goes out in quiet hours by the clock on the wall', () => {
    holds(({ now, fact }, verdict) => {
      if (toCustomer(verdict).length === 0) return;
      const clock = wallClock(now, fact('timeZone'));
      expect(clock >= '09:00' && clock < '20:00').toBe(true);
    });
  });

  test.each([
    ['by chance', story],
    ['all the time', demanding],
  ])('no cap is ever passed when asked for %s, counting campaigns and not what was given back', (_, told) => {
    holds(({ now }, verdict, { sent }) => {
      const all = [...sent, ...toCustomer(verdict).map((action) => ({ ...action, at: now }))];
      const within = (days: number, counted: (it: (typeof all)[number]) => boolean) =>
        all.filter((it) => it.at > now - days * day && counted(it)).length;
      const requested = (counted: (it: Action) => boolean) => toCustomer(verdict).some(counted);
      if (requested(({ purpose: of }) => of === 'marketing')) {
        expect(within(7, ({ purpose: of }) => of === 'marketing')).toBe(1);
        expect(within(30, ({ purpose: of }) => of === 'marketing')).toBeLessThanOrEqual(3);
      }
      if (requested(({ purpose: of }) => of === 'survey'))
        expect(within(90, ({ purpose: of }) => of === 'survey')).toBe(1);
      if (requested(({ channel: by }) => by === 'sms'))
        expect(within(14, ({ channel: by, purpose: of }) => by === 'sms' && of !== 'transactional')).toBe(1);
    }, told);
  });

  test('no promotion goes out while a case is open, and none for two weeks after a complaint', () => {
    holds(({ now, fact }, verdict) => {
      for (const { purpose: of } of toCustomer(verdict)) {
        if (of === 'marketing' && fact('openCases') === 1)
          expect(now - (fact('openCaseAt') as number)).toBeGreaterThanOrEqual(30 * day);
        if (of !== 'service' && fact('lastComplaintAt') !== undefined)
          expect(now - (fact('lastComplaintAt') as number)).toBeGreaterThanOrEqual(14 * day);
      }
    });
  });

  test('control customers get nothing of their programme', () => {
    holds(({ customer, definition }, { requested }) => {
      for (const action of requested)
        expect(inControlGroup(customer, definition, action, policy.control)).toBe(false);
    });
  });

  test('nothing goes out before its time or after it', () => {
    holds(({ now }, { requested }) => {
      for (const { notBefore, expiresAt } of requested)
        expect(notBefore <= now && now < expiresAt).toBe(true);
    });
  });

  test('every proposal ends as exactly one of requested, suppressed and still pending', () => {
    holds((question, { requested, suppressed, contacts }, { proposed, ended }) => {
      const before = proposed.size;
      const now = [
        ...requested.map(({ actionId }) => actionId),
        ...suppressed.map(({ action }) => action.actionId),
      ];
      ended.push(...now);
      const open = contacts.pending.map(({ actionId }) => actionId);
      for (const id of [...now, ...open]) proposed.add(id);
      expect(new Set(ended).size).toBe(ended.length);
      expect(open.filter((id) => ended.includes(id))).toEqual([]);
      expect(proposed.size).toBe(before + question.proposals.length);
      expect(ended.length + open.length).toBe(proposed.size);
    });
  });

  test('what is pending is judged again later, and the time for it is known', () => {
    holds((question, { contacts, judgeAgainAt }) => {
      expect(judgeAgainAt === null).toBe(contacts.pending.length === 0);
      if (judgeAgainAt === null) return;
      expect(judgeAgainAt).toBeGreaterThan(question.now);
      const again = { ...question, now: judgeAgainAt, proposals: [], contacts };
      delete again.event;
      const next = arbitrate(again);
      expect(next.requested.length + next.suppressed.length).toBeGreaterThan(0);
    });
  });

  test('a verdict depends on nothing but the question', () => {
    holds((question, verdict) => {
      expect(arbitrate(question)).toEqual(verdict);
    });
  });

  test('what is kept of a customer is plain and bounded', () => {
    const mostSlots = policy.caps.reduce((sum, { most }) => sum + 2 * most, 0);
    holds((_, { contacts }) => {
      expect(JSON.parse(JSON.stringify(contacts))).toEqual(contacts);
      expect(contacts.pending.length).toBeLessThanOrEqual(mostPending);
      expect(contacts.slots.length).toBeLessThanOrEqual(mostSlots);
    });
  });
});

test('what is said to wait still would be left as it is by an arbitration', () => {
  let waited = 0;
  const glance = fc.record({
    later: fc.constantFrom(-hour, 0, 1, 3 * hour, 2 * day, 9 * day),
    coupon: fc.constantFrom(undefined, 'CODE', 'OTHER'),
    bought: fc.boolean(),
  });
  fc.assert(
    fc.property(story, fc.array(glance, { minLength: 40, maxLength: 40 }), (told, glances) => {
      let turn = 0;
      tell(offering(told), (question, verdict) => {
        const { later, coupon, bought } = glances[turn++ % glances.length]!;
        const now = question.now + later;
        const order = {
          orderId: `o-${turn}`,
          total: 5,
          currency: 'USD',
          products: [],
          ...(coupon && { coupon }),
        };
        const next: Question = {
          ...question,
          now,
          fact: (name) => (bought && name === 'lastPurchaseAt' ? now : question.fact(name)),
          event: {
            id: `o-${turn}`,
            source: '/shop',
            subject: 'ann',
            at: now,
            type: 'order.completed.v1',
            data: order,
          },
          proposals: [],
          contacts: JSON.parse(JSON.stringify(verdict.contacts)) as Contacts,
        };
        if (!stillWaits(next)) return;
        waited++;
        const again = arbitrate(next);
        expect(again).toMatchObject({ requested: [], suppressed: [], records: [] });
        const { judged, ...kept } = next.contacts;
        expect({ ...again.contacts, judged: undefined }).toEqual(kept);
        expect(again.judgeAgainAt).toBe(judged!.again);
      });
    }),
    { numRuns: 200 },
  );
  expect(waited).toBeGreaterThan(500);
});

/** The same story with every other proposal an offer, some of them with a coupon. */
function offering(told: Story): Story {
  return {
    ...told,
    happenings: told.happenings.map((it) => ({
      ...it,
      wishes: it.wishes.map((asked, slot) => (slot % 2 === 0 ? { ...asked, offers: true as const } : asked)),
    })),
  };
}
