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
const taskIn = ({ proposals }: Decision<RecoveryMemory>) =>
  actionIdOf(
    'ann',
    'retail@1',
    proposals.find(({ kind }) => kind === 'task')!,
  );

class Desk extends Trial<Parameters<typeof recovery.decide>[1], RecoveryMemory> {
  constructor(settings = {}) {
    super(recovery, settings);
  }
  case(what: string, when: number, more: Record<string, unknown> = {}) {
    return this.event(`case.${what}.v1`, when, case1, { facts: { ...facts, ...more } });
  }
  due(when: number, more: Record<string, unknown> = {}) {
    return this.timer(next, when, { facts: { ...facts, ...more } });
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
      variables: { caseId: 'k1', cause: 'late', rung: 0, fault: false },
    });
  });
  test('goes first to whom its cause concerns', () => {
    const decision = new Desk({ byCause: { late: 'shop' } }).case('opened', monday);
    expect(said(decision)).toContain('task recovery.task to shop');
  });
  test('is told to those who make the product when its cause comes back', () => {
    expect(said(new Desk().case('opened', monday, { complaints: { late: 2 } }))).toContain(
      'flag recovery.repeat to product',
    );
  });
  test('stays quiet when it comes late or was seen before', () => {
    expect(new Desk().event('case.opened.v1', monday, case1, { facts, late: true }).proposals).toEqual([]);
    const desk = new Desk();
    desk.case('opened', monday);
    expect(desk.case('opened', monday + hour).proposals).toEqual([]);
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
    for (const what of ['escalated', 'reopened', 'overdue']) {
      const desk = new Desk();
      desk.case('opened', monday);
      expect(said(desk.case(what, monday + hour))).toEqual(['task recovery.task to account-manager']);
    }
    const desk = new Desk();
    const actionId = taskIn(desk.case('opened', monday));
    const declined = desk.event('task.declined.v1', monday + hour, { actionId }, { facts });
    expect(said(declined)).toEqual(['task recovery.task to account-manager']);
  });
  test('is left when the task is done: only silence is waited for', () => {
    const desk = new Desk();
    const actionId = taskIn(desk.case('opened', monday));
    const other = desk.event('task.completed.v1', monday + hour, { actionId: 'other' }, { facts });
    expect(other.timers).toBeUndefined();
    const done = desk.event('task.completed.v1', monday + hour, { actionId }, { facts });
    expect(done).toMatchObject({ proposals: [], timers: { next: monday + hour + 30 * day } });
    expect(said(desk.due(monday + hour + 30 * day))).toEqual(['task recovery.silent to support-lead']);
    expect(desk.memory!.cases).toEqual({});
  });
});

describe('a case that is resolved', () => {
  const resolve = (worse: boolean, more = {}, settings = {}) => {
    const desk = new Desk(settings);
    desk.case('opened', monday);
    if (worse) desk.case('escalated', monday + hour);
    return { desk, decision: desk.case('resolved', monday + 2 * hour, { openCases: 0, ...more }) };
  };
  test('is asked after three days later, if none is open', () => {
    const { desk, decision } = resolve(false);
    expect(decision).toMatchObject({ proposals: [], timers: { next: monday + 2 * hour + 3 * day } });
    expect(said(desk.due(monday + 2 * hour + 3 * day, { openCases: 0 }))).toEqual([
      'message recovery.check to customer',
    ]);
    expect(said(resolve(false).desk.due(monday + 2 * hour + 3 * day, { openCases: 1 }))).toEqual([]);
  });
  test('brings an apology with goodwill where it was our fault, sized by the mean order', () => {
    const { decision } = resolve(true);
    expect(said(decision)).toEqual(['perk recovery.goodwill to customer']);
    expect(decision.proposals[0]!.variables).toEqual({ caseId: 'k1', amount: 15, currency: 'EUR' });
    expect(resolve(true, { orderValueMean: 500 }).decision.proposals[0]!.variables).toMatchObject({
      amount: 20,
    });
  });
  test('brings an apology alone where there is nothing to size it by', () => {
    expect(said(resolve(true, { orderValueMean: undefined }).decision)).toEqual([
      'message recovery.apology to customer',
    ]);
  });
  test('never costs more than the budget in a year', () => {
    const desk = new Desk();
    const amounts: number[] = [];
    for (let when = monday; when < monday + 800 * day; when += 20 * day) {
      desk.case('opened', when);
      desk.case('escalated', when + hour);
      for (const { variables, notBefore } of desk.case('resolved', when + 2 * hour).proposals)
        if (typeof variables['amount'] === 'number') amounts.push(notBefore, variables['amount']);
      desk.due(when + 10 * day);
    }
    const granted = amounts.flatMap((value, n) =>
      n % 2 === 0 ? [{ when: value, amount: amounts[n + 1]! }] : [],
    );
    expect(granted.length).toBeGreaterThan(4);
    for (const { when } of granted) {
      const within = granted.filter((it) => it.when <= when && it.when > when - 365 * day);
      expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(40);
    }
  });
  test('of which nothing is known stays quiet', () => {
    expect(new Desk().case('resolved', monday)).toEqual({ proposals: [] });
  });
});

test('its memory is bounded, whatever cases come', () => {
  const desk = new Desk();
  for (let n = 0; n < 50; n++)
    desk.event('case.opened.v1', monday + n * hour, { caseId: `k-${n}` }, { facts });
  expect(Object.keys(desk.memory!.cases)).toHaveLength(mostCases);
  expect(desk.memory!.cases).toHaveProperty('k-49');
});
