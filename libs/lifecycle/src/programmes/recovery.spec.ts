import { actionIdOf } from '../arbiter/action.js';
import type { Decision } from '../programme.js';
import { at, day, Trial } from './programmes.given.js';
import { recovery, type RecoveryMemory } from './recovery.js';
import { mostCases } from './recovery-cases.js';

const monday = at('2026-03-02');
const hour = 3_600_000;
const facts = { openCases: 1, orderValueMean: 30, lastOrderCurrency: 'EUR', complaints: { late: 1 } };
const next = 'recovery.next';
const case1 = { caseId: 'k1', cause: 'late' };
const said = ({ proposals }: Decision<RecoveryMemory>) =>
  proposals.map(({ template, audience, kind }) => `${kind} ${template} to ${audience}`);
const idOf = (decision: Decision<RecoveryMemory>, template: string) =>
  actionIdOf(
    'ann',
    'retail@1',
    decision.proposals.find((it) => it.template === template)!,
  );
const taskIn = (decision: Decision<RecoveryMemory>) => idOf(decision, 'recovery.task');

interface More {
  readonly facts?: Record<string, unknown>;
  readonly late?: boolean;
}

class Desk extends Trial<Parameters<typeof recovery.decide>[1], RecoveryMemory> {
  constructor(settings = {}) {
    super(recovery, settings);
  }
  case(what: string, when: number, more: More & { readonly data?: object } = {}) {
    return this.event(`case.${what}.v1`, when, { ...case1, ...more.data }, this.scene(more));
  }
  hears(type: string, when: number, data: object, more: More = {}) {
    return this.event(type, when, data, this.scene(more));
  }
  due(when: number, more: More = {}) {
    return this.timer(next, when, this.scene(more));
  }
  private scene({ facts: others, late = false }: More) {
    return { facts: { ...facts, ...others }, late };
  }
}

describe('a case that is opened', () => {
  test('is acknowledged to the customer and given to someone to fix, with a deadline', () => {
    const decision = new Desk().case('opened', monday);
    expect(said(decision)).toEqual([
      'message recovery.acknowledgement to customer',
      'task recovery.task to support-lead',
    ]);
    expect(decision.timers).toEqual({ next: monday + 24 * hour });
    expect(decision.proposals[1]).toMatchObject({
      purpose: 'internal',
      variables: { caseId: 'k1', cause: 'late', rung: 0, faults: 0 },
    });
  });
  test('goes first to whom its cause concerns', () => {
    const desk = new Desk({ byCause: { late: 'shop' } });
    expect(said(desk.case('opened', monday))).toContain('task recovery.task to shop');
    expect(said(desk.due(monday + 24 * hour))).toEqual(['task recovery.task to support-lead']);
  });
  test('is told to those who make the product when its cause comes back', () => {
    const more = { facts: { complaints: { late: 2 } } };
    expect(said(new Desk().case('opened', monday, more))).toContain('flag recovery.repeat to product');
    const desk = new Desk();
    desk.case('opened', monday, { data: { cause: undefined } });
    expect(said(desk.case('escalated', monday + hour, more))).toContain('flag recovery.repeat to product');
    expect(said(desk.case('overdue', monday + 2 * hour, more))).not.toContain(
      'flag recovery.repeat to product',
    );
  });
  test('stays quiet when it was seen before', () => {
    const desk = new Desk();
    desk.case('opened', monday);
    expect(desk.case('opened', monday + hour).proposals).toEqual([]);
  });
});

describe('what comes late', () => {
  const late = true;
  test('is acted on while the case is open, and spans run from the latest event', () => {
    const decision = new Desk().case('opened', monday, {
      late,
      facts: { lastEventAt: monday + 5 * hour },
    });
    expect(said(decision)).toContain('task recovery.task to support-lead');
    expect(decision.timers).toEqual({ next: monday + 29 * hour });
  });
  test('stays quiet when the case was resolved in the past', () => {
    for (const what of ['opened', 'escalated', 'reopened', 'overdue']) {
      const decision = new Desk().case(what, monday, { late, facts: { openCases: 0 } });
      expect([decision.proposals, decision.timers]).toEqual([[], undefined]);
    }
  });
  test('stays quiet when it is older than anybody waits', () => {
    const more = { late, facts: { lastEventAt: monday + 31 * day } };
    expect(new Desk().case('escalated', monday, more).proposals).toEqual([]);
    expect(
      new Desk().hears(
        'review.posted.v1',
        monday,
        { rating: 1 },
        { late, facts: { ...more.facts, openCases: 0 } },
      ).proposals,
    ).toEqual([]);
  });
  test('stays quiet when it is older than the resolution, or the resolution older than the reopening', () => {
    const desk = new Desk();
    desk.case('opened', monday);
    desk.case('resolved', monday + 5 * hour, { facts: { openCases: 0 } });
    expect(desk.case('escalated', monday + 2 * hour, { late }).proposals).toEqual([]);
    expect(said(desk.case('reopened', monday + 26 * hour))).toContain(
      'task recovery.task to account-manager',
    );
    expect(desk.case('resolved', monday + 6 * hour, { late })).toEqual({ proposals: [] });
  });
});

describe('the ladder', () => {
  test('is climbed when nobody does the task, and ends at the top', () => {
    const desk = new Desk();
    desk.case('opened', monday);
    const second = desk.due(monday + 24 * hour);
    expect(said(second)).toEqual(['task recovery.task to account-manager']);
    expect(second.timers).toEqual({ next: monday + 72 * hour });
    expect(said(desk.due(monday + 72 * hour))).toEqual(['task recovery.task to shop']);
    const top = desk.due(monday + 144 * hour);
    expect(top.timers).toEqual({ next: monday + 144 * hour + 30 * day });
  });
  test('is climbed at once when the case gets worse, or the task is declined', () => {
    for (const what of ['escalated', 'overdue']) {
      const desk = new Desk();
      desk.case('opened', monday);
      expect(said(desk.case(what, monday + hour))).toEqual(['task recovery.task to account-manager']);
    }
    for (const what of ['declined', 'expired']) {
      const desk = new Desk();
      const actionId = taskIn(desk.case('opened', monday));
      const answer = desk.hears(`task.${what}.v1`, monday + hour, { actionId });
      expect(said(answer)).toEqual(['task recovery.task to account-manager']);
    }
  });
  test('is not climbed once a desk with numbers of its own says that the case’s task is done', () => {
    const desk = new Desk();
    desk.case('opened', monday);
    desk.hears('task.completed.v1', monday + hour, { actionId: 'desk-17', caseId: 'other' });
    const done = desk.hears('task.completed.v1', monday + hour, { actionId: 'desk-18', caseId: 'k1' });
    expect(done.timers).toEqual({ next: monday + hour + 30 * day });
  });
  test('is begun with a word where the case is heard of first as escalated, reopened or overdue', () => {
    for (const what of ['escalated', 'reopened', 'overdue'])
      expect(said(new Desk().case(what, monday))).toEqual([
        'message recovery.acknowledgement to customer',
        'task recovery.task to support-lead',
      ]);
  });
  test('brings the customer one word a day, not one a rung', () => {
    const desk = new Desk();
    desk.case('opened', monday);
    expect(said(desk.case('escalated', monday + 23 * hour))).toHaveLength(1);
    const word = desk.case('overdue', monday + 25 * hour).proposals[0]!;
    expect(word).toMatchObject({
      template: 'recovery.acknowledgement',
      variables: { caseId: 'k1', after: 'overdue' },
    });
  });
  test('stays where it is at an escalation told twice, or a deadline told twice', () => {
    for (const what of ['escalated', 'overdue', 'reopened']) {
      const desk = new Desk();
      desk.case(what, monday);
      expect(desk.case(what, monday + hour)).toEqual({ proposals: [] });
    }
  });
  test('is climbed when the deadline that the case came with passes, once', () => {
    const desk = new Desk();
    const deadline = new Date(monday + 4 * hour).toISOString();
    expect(desk.case('opened', monday, { data: { deadline } }).timers).toEqual({ next: monday + 4 * hour });
    const passed = desk.due(monday + 4 * hour);
    expect(said(passed)).toEqual(['task recovery.task to account-manager']);
    expect(passed.timers).toEqual({ next: monday + 52 * hour });
    expect(desk.case('overdue', monday + 5 * hour)).toEqual({ proposals: [] });
    expect(desk.memory!.cases['k1']).toMatchObject({ faults: 1, overdue: true });
  });
  test('is not climbed for a deadline that the case did not live to see', () => {
    const desk = new Desk();
    desk.case('opened', monday, { data: { deadline: new Date(monday + 20 * hour).toISOString() } });
    const { timers } = desk.case('resolved', monday + 2 * hour, { facts: { openCases: 0 } });
    expect(timers).toEqual({ next: monday + 2 * hour + 3 * day });
  });
  test('is left when the task is done: only silence and the deadline are waited for', () => {
    const desk = new Desk();
    const actionId = taskIn(desk.case('opened', monday));
    const other = desk.hears('task.completed.v1', monday + hour, { actionId: 'other' });
    expect(other.timers).toBeUndefined();
    const done = desk.hears('task.completed.v1', monday + hour, { actionId });
    expect(done).toMatchObject({ proposals: [], timers: { next: monday + hour + 30 * day } });
    expect(said(desk.due(monday + hour + 30 * day))).toEqual(['task recovery.silent to support-lead']);
    expect(desk.memory!.cases).toEqual({});
  });
  test('is never climbed when the case is resolved before', () => {
    const desk = new Desk();
    const opened = desk.case('opened', monday);
    const { withdraws } = desk.case('resolved', monday + 2 * hour, { facts: { openCases: 0 } });
    expect(withdraws).toEqual([idOf(opened, 'recovery.acknowledgement'), taskIn(opened)]);
    expect(said(desk.due(monday + 24 * hour))).toEqual([]);
  });
});

describe('a case that is resolved', () => {
  const resolve = (signs: readonly string[], more: Record<string, unknown> = {}, settings = {}) => {
    const desk = new Desk(settings);
    desk.case('opened', monday);
    for (const sign of signs) desk.case(sign, monday + hour);
    const decision = desk.case('resolved', monday + 2 * hour, { facts: { openCases: 0, ...more } });
    return { desk, decision };
  };
  const asked = monday + 2 * hour + 3 * day;

  test('is asked after three days later, if none is open', () => {
    const { desk, decision } = resolve([]);
    expect(decision).toMatchObject({ proposals: [], timers: { next: asked } });
    expect(said(desk.due(asked, { facts: { openCases: 0 } }))).toEqual([
      'message recovery.check to customer',
    ]);
    expect(said(resolve([]).desk.due(asked, { facts: { openCases: 1 } }))).toEqual([]);
  });
  test('is not asked after where the customer has said already how it went', () => {
    const { desk } = resolve([]);
    const score = { survey: 'csat', score: 5, caseId: 'k1' };
    expect(desk.hears('survey.answered.v1', monday + day, score)).toMatchObject({
      proposals: [],
      timers: { next: null },
    });
  });
  test('goes up the ladder again where the customer is not content, and ends with the task', () => {
    const { desk } = resolve([]);
    const unhappy = desk.hears('survey.answered.v1', monday + day, {
      survey: 'csat',
      score: 1,
      caseId: 'k1',
    });
    expect(said(unhappy)).toEqual(['task recovery.callback to account-manager']);
    expect(unhappy.proposals[0]!.variables).toMatchObject({ caseId: 'k1', cause: 'dissatisfied' });
    const actionId = idOf(unhappy, 'recovery.callback');
    const done = desk.hears('task.completed.v1', monday + 2 * day, { actionId }, { facts: { openCases: 0 } });
    expect(done.timers).toEqual({ next: monday + 5 * day });
  });
  test('brings an apology with goodwill where it was our fault, sized by the mean order and by how often', () => {
    const { decision } = resolve(['escalated']);
    expect(said(decision)).toEqual(['perk recovery.goodwill to customer']);
    expect(decision.proposals[0]!.variables).toEqual({ caseId: 'k1', amount: 15, currency: 'EUR' });
    const amount = (signs: readonly string[], more = {}) =>
      resolve(signs, more).decision.proposals[0]!.variables['amount'];
    expect(amount(['escalated'], { orderValueMean: 12.34 })).toBe(6.17);
    expect(amount(['escalated', 'overdue'], { orderValueMean: 12.34 })).toBe(12.34);
    expect(amount(['escalated'], { orderValueMean: 500 })).toBe(20);
  });
  test('brings an apology alone where there is nothing to size it by, or too little to offer', () => {
    for (const orderValueMean of [undefined, 3])
      expect(said(resolve(['escalated'], { orderValueMean }).decision)).toEqual([
        'message recovery.apology to customer',
      ]);
  });
  test('that was opened again is made good only for what went wrong since', () => {
    const { desk } = resolve(['escalated', 'overdue'], { orderValueMean: 12 });
    desk.case('reopened', monday + day);
    const again = desk.case('resolved', monday + 2 * day, { facts: { openCases: 0, orderValueMean: 12 } });
    expect(again.proposals[0]!.variables).toMatchObject({ amount: 6 });
  });
  test('never costs more than the budget in a year, and brings an apology when that is spent', () => {
    const desk = new Desk();
    const granted: { when: number; amount: number }[] = [];
    let apologies = 0;
    for (let when = monday; when < monday + 800 * day; when += 20 * day) {
      desk.case('opened', when);
      desk.case('escalated', when + hour);
      for (const { template, variables, notBefore } of desk.case('resolved', when + 2 * hour).proposals)
        if (typeof variables['amount'] === 'number')
          granted.push({ when: notBefore, amount: variables['amount'] });
        else if (template === 'recovery.apology') apologies += 1;
      desk.due(when + 10 * day);
    }
    expect([granted.length, apologies]).toEqual([8, 32]);
    for (const { when } of granted) {
      const within = granted.filter((it) => it.when <= when && it.when > when - 365 * day);
      expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(40);
    }
  });
  test('of which nothing is known, or that is resolved twice, stays quiet', () => {
    expect(new Desk().case('resolved', monday)).toEqual({ proposals: [] });
    expect(resolve(['escalated']).desk.case('resolved', monday + 3 * hour)).toEqual({ proposals: [] });
  });
});

describe('something bad that was said without a case', () => {
  const open = { facts: { openCases: 0 } };
  const bad: readonly (readonly [string, object, string])[] = [
    ['survey.answered.v1', { survey: 'nps', score: 6 }, 'detractor'],
    ['survey.answered.v1', { survey: 'csat', score: 2, orderId: 'o' }, 'dissatisfied'],
    ['review.posted.v1', { rating: 2 }, 'badReview'],
    ['feedback.given.v1', { sentiment: 'negative' }, 'negativeFeedback'],
  ];
  test.each(bad)('%s %j opens the same recovery, with its cause', (type, data, cause) => {
    const decision = new Desk().hears(type, monday, data, open);
    expect(said(decision)).toEqual([
      'message recovery.acknowledgement to customer',
      'task recovery.callback to support-lead',
    ]);
    expect(decision.proposals[1]!.variables).toEqual({ cause, rung: 0, faults: 0 });
  });
  test('climbs the ladder, ends with the task and is asked after', () => {
    const desk = new Desk();
    desk.hears('review.posted.v1', monday, { rating: 1 }, open);
    const second = desk.due(monday + 24 * hour, open);
    expect(said(second)).toEqual(['task recovery.callback to account-manager']);
    const actionId = idOf(second, 'recovery.callback');
    const done = desk.hears('task.completed.v1', monday + 30 * hour, { actionId }, open);
    expect([said(done), done.timers]).toEqual([[], { next: monday + 30 * hour + 3 * day }]);
    expect(said(desk.due(monday + 30 * hour + 3 * day, open))).toEqual([
      'message recovery.check to customer',
    ]);
  });
  test('is one recovery, however much is said', () => {
    const desk = new Desk();
    for (const [n, [type, data]] of bad.entries()) {
      const { proposals } = desk.hears(type, monday + n * hour, data, open);
      expect(proposals).toHaveLength(n === 0 ? 2 : 0);
    }
  });
  test('stays quiet while a case is open, unless everybody has forgotten that', () => {
    const one = (openCaseAt: number) =>
      new Desk().hears('review.posted.v1', monday, { rating: 1 }, { facts: { openCases: 1, openCaseAt } });
    expect(one(monday - day).proposals).toEqual([]);
    expect(one(monday - 31 * day).proposals).toHaveLength(2);
  });
  test.each([
    ['survey.answered.v1', { survey: 'nps', score: 7 }],
    ['survey.answered.v1', { survey: 'csat', score: 3 }],
    ['survey.answered.v1', { survey: 'feedback', score: 1 }],
    ['review.posted.v1', { rating: 3 }],
    ['feedback.given.v1', { sentiment: 'neutral' }],
  ])('stays quiet at %s %j', (type, data) => {
    expect(new Desk().hears(type, monday, data, open)).toEqual({ proposals: [] });
  });
  test('stays quiet at a late score that a better one has followed', () => {
    const better = { late: true, facts: { openCases: 0, detractor: false } };
    expect(
      new Desk().hears('survey.answered.v1', monday, { survey: 'nps', score: 2 }, better).proposals,
    ).toEqual([]);
  });
});

describe('more cases than can be followed', () => {
  const caseOf = (n: number) => ({ caseId: `k-${n}`, cause: undefined });
  test('hand the one that has waited longest to the support lead, and memory stays bounded', () => {
    const desk = new Desk();
    const flags: string[] = [];
    for (let n = 0; n < 50; n++)
      for (const { template, variables } of desk.case('opened', monday + n, { data: caseOf(n) }).proposals)
        if (template === 'recovery.let-go') flags.push(String(variables['caseId']));
    expect(flags).toEqual(Array.from({ length: 50 - mostCases }, (_, n) => `k-${n}`));
    expect(Object.keys(desk.memory!.cases)).toHaveLength(mostCases);
    expect(desk.memory!.cases).toHaveProperty('k-49');
    expect(JSON.stringify(desk.memory).length).toBeLessThan(2_500);
  });
  test('let go of a resolved one first, without a word', () => {
    const desk = new Desk();
    for (let n = 0; n < mostCases; n++) desk.case('opened', monday + n, { data: caseOf(n) });
    desk.case('resolved', monday + hour, { data: caseOf(5) });
    expect(said(desk.case('opened', monday + 2 * hour, { data: caseOf(8) }))).toHaveLength(2);
    expect(desk.memory!.cases).not.toHaveProperty('k-5');
  });
});

test('everything in hand ends when the supplier ends the relationship', () => {
  const desk = new Desk();
  desk.case('opened', monday);
  const ended = desk.hears('relationship.ended.v1', monday + hour, {}, { facts: { endedBySupplier: true } });
  expect(ended).toMatchObject({ proposals: [], timers: { next: null } });
  expect(ended.withdraws).toHaveLength(2);
  expect(desk.memory!.cases).toEqual({});
});
