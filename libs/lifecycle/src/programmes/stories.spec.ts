import fc from 'fast-check';
import { inControlGroup } from '../arbiter/control.js';
import { retailPolicy } from '../arbiter/arbiter.given.js';
import { day, everything, lines, Story, time, type Told } from './story.given.js';

const heldOut = (id: string, programme: string) =>
  inControlGroup(id, 'retail@1', { programme, purpose: 'marketing' }, retailPolicy.control);
const names = Array.from({ length: 200 }, (_, n) => `bea-${n}`);
const bea = names.find((id) => !heldOut(id, 'follow-up') && !heldOut(id, 'win-back'))!;
const held = names.find((id) => heldOut(id, 'win-back') && !heldOut(id, 'follow-up'))!;

const said = ({ requested, suppressed }: Told) => [
  ...lines(requested),
  ...suppressed.map(({ action, reason }) => `${action.template} ${reason}`),
];
const week = (n: number) => new Date(time('2026-01-05T15:00:00Z') + 7 * n * day).toISOString();

/** Weekly purchases for ten weeks, then silence. */
function fellSilent(id = bea): Story {
  const story = new Story(id).optsIn('2026-01-01T15:00:00Z');
  for (let n = 0; n < 10; n++) story.buys(`o-${n}`, week(n));
  return story;
}
const winBack = (told: Told) => said(told).filter((line) => line.includes('win-back'));

describe('thanks', () => {
  test('wait for the morning', () => {
    const told = new Story(bea).buys('o1', '2026-01-06T03:00:00Z').live('2026-01-07T00:00:00Z');
    expect(said(told)).toEqual(['2026-01-06 09:00 follow-up.thanks first']);
  });
  test('are overtaken when the order is cancelled before the morning', () => {
    const told = new Story(bea)
      .buys('o1', '2026-01-06T03:00:00Z')
      .happens('order.cancelled.v1', '2026-01-06T04:00:00Z', { orderId: 'o1' })
      .live('2026-03-01T00:00:00Z');
    expect(said(told)).toEqual(['follow-up.thanks overtaken']);
  });
  test('go in the morning of the customer who lives elsewhere', () => {
    const told = new Story(bea)
      .happens('profile.updated.v1', '2026-01-01T15:00:00Z', { timeZone: 'Asia/Kathmandu' })
      .buys('o1', '2026-01-05T15:00:00Z')
      .live('2026-01-07T00:00:00Z');
    expect(told.requested.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-01-06T03:15:00.000Z']);
  });
  test('are not sent for a basket of no value', () => {
    expect(said(new Story(bea).buys('o1', '2026-01-05T15:00:00Z', 0).live('2026-03-01T00:00:00Z'))).toEqual(
      [],
    );
  });
  test('are not sent by a channel that the customer objected to', () => {
    const told = new Story(bea)
      .happens('message.unsubscribed.v1', '2026-01-01T15:00:00Z', { channel: 'email' })
      .happens('message.unsubscribed.v1', '2026-01-01T15:00:00Z', { channel: 'push' })
      .buys('o1', '2026-01-05T15:00:00Z')
      .live('2026-01-07T00:00:00Z');
    expect(said(told)).toEqual(['follow-up.thanks noConsent']);
  });
});

describe('the satisfaction check', () => {
  test('needs an opt-in', () => {
    const told = new Story(bea).buys('o1', '2026-01-05T15:00:00Z').live('2026-01-20T00:00:00Z');
    expect(said(told)).toEqual([
      '2026-01-05 10:00 follow-up.thanks first',
      '2026-01-10 10:00 follow-up.reassurance',
      'follow-up.satisfaction noConsent',
    ]);
  });
  test('follows the delivery', () => {
    const told = new Story(bea)
      .optsIn('2026-01-01T15:00:00Z')
      .buys('o1', '2026-01-05T15:00:00Z')
      .happens('order.delivered.v1', '2026-01-10T16:00:00Z', { orderId: 'o1' })
      .live('2026-01-20T00:00:00Z');
    expect(said(told)).toContain('2026-01-13 11:00 follow-up.satisfaction');
  });
  test('stays quiet when the order went back', () => {
    const told = new Story(bea)
      .optsIn('2026-01-01T15:00:00Z')
      .buys('o1', '2026-01-05T15:00:00Z')
      .happens('order.returned.v1', '2026-01-08T16:00:00Z', { orderId: 'o1' })
      .live('2026-02-20T00:00:00Z');
    expect(said(told)).toEqual(['2026-01-05 10:00 follow-up.thanks first']);
  });
});

describe('win-back', () => {
  test('stays quiet for one who keeps buying', () => {
    const story = fellSilent();
    for (let n = 10; n < 30; n++) story.buys(`o-${n}`, week(n));
    expect(winBack(story.live(week(30)))).toEqual([]);
  });
  test('is suppressed without an opt-in', () => {
    const story = new Story(bea);
    for (let n = 0; n < 10; n++) story.buys(`o-${n}`, week(n));
    expect(winBack(story.live(week(20)))).toEqual(['win-back.overdue noConsent', 'win-back.offer noConsent']);
  });
  test('waits while a case is open, and goes when it is resolved', () => {
    const told = fellSilent()
      .happens('case.opened.v1', week(13), { caseId: 'k1' })
      .happens('case.resolved.v1', week(15), { caseId: 'k1' })
      .live(week(20));
    expect(told.transitions.find(({ evidence }) => evidence.rule === 'overdue')!.at).toBeLessThan(
      time(week(15)),
    );
    expect(winBack(told)).toEqual(['2026-04-20 11:00 win-back.dissatisfied']);
  });
  test('is overtaken when the customer buys before it could go', () => {
    const told = fellSilent()
      .happens('case.opened.v1', week(13), { caseId: 'k1' })
      .buys('back', week(15))
      .happens('case.resolved.v1', week(16), { caseId: 'k1' })
      .live(week(17));
    expect(winBack(told)).toEqual(['win-back.dissatisfied overtaken']);
  });
  test('is overtaken when the opt-in is withdrawn, and when the customer is erased', () => {
    const waiting = () => fellSilent().happens('case.opened.v1', week(13), { caseId: 'k1' });
    const change = { channel: 'email', purpose: 'marketing', granted: false };
    const withdrawn = waiting().happens('consent.changed.v1', week(15), change).live(week(20));
    expect(winBack(withdrawn)).toEqual(['win-back.dissatisfied overtaken']);
    const erased = waiting().happens('customer.erased.v1', week(15)).live(week(20));
    expect(winBack(erased)).toEqual(['win-back.dissatisfied overtaken']);
  });
  test("waits a week after another system's campaign", () => {
    const overdue = fellSilent()
      .live(week(20))
      .transitions.find(({ evidence }) => evidence.rule === 'overdue')!;
    const campaign = new Date(overdue.at - 3 * day).toISOString();
    const told = fellSilent()
      .happens('campaign.sent.v1', campaign, { campaignId: 'spring', channel: 'post' })
      .live(week(20));
    expect(told.requested.find(({ programme }) => programme === 'win-back')!.at).toBeGreaterThanOrEqual(
      overdue.at + 4 * day,
    );
  });
  test('is withheld from its control group, which gets everything else', () => {
    const told = fellSilent(held).live(week(20));
    expect(winBack(told)).toEqual(['win-back.overdue control', 'win-back.offer control']);
    expect(told.requested.length).toBeGreaterThan(0);
  });
});

describe('after an outage', () => {
  const outage = (story: Story) => story.backfilled('2026-04-20T15:00:00Z', '2026-05-20T15:00:00Z');

  test('nobody is invited back who bought in the meantime', () => {
    const story = fellSilent();
    for (let n = 10; n < 16; n++) story.buys(`o-${n}`, week(n));
    expect(winBack(outage(story))).toEqual([]);
  });
  test('what is still worth saying is said', () => {
    const late = fellSilent();
    const overdue = late.live(week(20)).transitions.find(({ evidence }) => evidence.rule === 'overdue')!.at;
    const [line] = lines(late.backfilled(new Date(overdue + 5 * day).toISOString(), week(20)).requested);
    expect(line).toMatch('win-back.overdue');
  });
});

test('what is proposed does not depend on the clock, only what becomes of it', () => {
  const step = fc.record({
    hours: fc.integer({ min: 0, max: 24 * 50 }),
    what: fc.constantFrom('buy', 'buy', 'buy', 'big', 'return', 'case', 'resolve', 'detract', 'deliver'),
  });
  const ids = ({ requested, suppressed, customer }: Told) => [
    ...requested.map(({ actionId }) => actionId),
    ...suppressed.map(({ action }) => action.actionId),
    ...(customer as unknown as { contacts: { pending: { actionId: string }[] } }).contacts.pending.map(
      ({ actionId }) => actionId,
    ),
  ];
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 800 }), (steps, delay) => {
      const story = new Story(bea, everything).optsIn('2026-01-01T15:00:00Z');
      let at = time('2026-01-01T15:00:00Z');
      steps.forEach(({ hours, what }, n) => {
        at += hours * 3_600_000;
        tellStep(story, what, n, new Date(at).toISOString());
      });
      const end = new Date(at + 200 * day).toISOString();
      const live = ids(story.live(end));
      expect(new Set(live).size).toBe(live.length);
      const lagging = ids(story.backfilled(new Date(at + delay * day).toISOString(), end));
      expect(lagging.sort()).toEqual(live.sort());
    }),
    { numRuns: 60 },
  );
});

function tellStep(story: Story, what: string, n: number, at: string): void {
  switch (what) {
    case 'buy':
      return void story.buys(`o-${n}`, at);
    case 'big':
      return void story.buys(`o-${n}`, at, 100);
    case 'return':
      return void story.happens('order.returned.v1', at, { orderId: `o-${n - 1}`, whole: true });
    case 'deliver':
      return void story.happens('order.delivered.v1', at, { orderId: `o-${n - 1}` });
    case 'case':
      return void story.happens('case.opened.v1', at, { caseId: 'k' });
    case 'resolve':
      return void story.happens('case.resolved.v1', at, { caseId: 'k' });
    default:
      return void story.happens('survey.answered.v1', at, { survey: 'nps', score: 3 });
  }
}
