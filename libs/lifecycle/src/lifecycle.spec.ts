import {
  bringing,
  buys,
  buysEvery,
  event,
  lives,
  on,
  opensCase,
  retail,
  retailDefinition,
  retailSource,
  rulesOf,
  silence,
  visits,
} from './customer.given.js';
import { createLifecycle, loadDefinition } from './index.js';
import type { Programme, Proposal } from './programme.js';
import type { Customer } from './state.js';
import type { CustomerState, Transition } from './types.js';

const timersOf = (customer: CustomerState) => customer.timers.map(({ name, due }) => [name, due]);

describe('a timer', () => {
  const { customer } = lives([buys(0), buys(7)]);
  const overdue = customer.timers.find(({ name }) => name === 'overdue')!;

  test('stands where the facts put it and moves with them', () => {
    expect(timersOf(customer)).toContainEqual(['overdue', retail.factsOf(customer)['overdueAt']]);
    const { customer: later } = lives([buys(14)], customer);
    expect(later.timers.find(({ name }) => name === 'overdue')!.due).toBeGreaterThan(overdue.due);
  });

  test('fires at its due time, before the event that brings it', () => {
    const { transitions } = lives([buys(100)], customer);
    expect(transitions[0]).toMatchObject({ to: 'atRisk', at: overdue.due });
    expect(transitions[0]!.evidence.causes).toEqual([`timer:overdue@${new Date(overdue.due).toISOString()}`]);
  });

  test('fires the same when the scheduler brings it, and only once', () => {
    const brought = lives([bringing(overdue), bringing(overdue), buys(100)], customer);
    expect(brought.transitions).toEqual(lives([buys(100)], customer).transitions);
  });

  test('brings those due before it along, in order of their due times', () => {
    const last = customer.timers.at(-1)!;
    const { transitions } = lives([bringing(last)], customer);
    expect(transitions.map(({ at }) => at)).toEqual([...transitions.map(({ at }) => at)].sort());
    expect(rulesOf(transitions)).toContain('well > atRisk: overdue');
  });

  test('is not set again after it fired, until the facts move it', () => {
    const { customer: after } = lives([silence(60), visits(61)], customer);
    expect(after.timers.map(({ name }) => name)).not.toContain('overdue');
    expect(lives([buys(62)], after).customer.timers.map(({ name }) => name)).toContain('overdue');
  });
});

describe('the arbiter’s own timer', () => {
  const [evening, morning] = [on(0.4), on(1) - 3 * 3_600_000];
  const first = retail.advance(retail.begin('c-2'), { ...buys(0.4), subject: 'c-2' }, evening);
  const waits = first.customer.timers.find(({ name }) => name === 'arbiter')!;

  test('waits for the end of quiet hours and lets the thanks go', () => {
    expect(first.actions).toEqual([]);
    expect(waits.due).toBe(morning);
    const { actions } = retail.advance(first.customer, bringing(waits), waits.due);
    expect(actions.map(({ template }) => template)).toEqual(['follow-up.thanks']);
  });

  test('touches nothing else: what is decided does not depend on the clock of a verdict', () => {
    const { customer, transitions } = retail.advance(first.customer, bringing(waits), waits.due);
    expect(transitions).toEqual([]);
    const { contacts, timers } = customer as Customer;
    expect(customer).toEqual({ ...first.customer, contacts, timers });
  });

  test('has nothing left to wait for once the customer is erased', () => {
    const erasure = { ...event('customer.erased.v1', 0.6, {}), subject: 'c-2' };
    const { suppressed, customer } = retail.advance(first.customer, erasure, on(0.6));
    expect(suppressed).toMatchObject([{ action: { template: 'follow-up.thanks' }, reason: 'overtaken' }]);
    expect(customer.timers).toEqual([]);
  });
});

describe('an event that comes late', () => {
  test('does not make a customer overdue who was not, and takes nothing back', () => {
    const story = [buys(0), buys(7), visits(50), buys(14)];
    const { transitions, customer } = lives(story);
    expect(rulesOf(transitions)).toEqual(['exploration > awareness: cameBack', 'well > atRisk: overdue']);
    expect(customer.clock).toBe(on(50));
    expect(retail.factsOf(customer)).toMatchObject({ purchases: 3, lastPurchaseAt: on(14) });
  });

  test('takes effect at the customer’s latest moment', () => {
    const { transitions } = lives([buys(0), visits(10), buys(5)]);
    expect(transitions).toMatchObject([{ to: 'awareness', at: on(10) }]);
  });

  test('is told to be late only beyond the window', () => {
    const { customer } = lives([buys(0), visits(500)]);
    expect(retail.advance(customer, buys(200), on(500)).late).toBe(false);
    expect(retail.advance(customer, buys(20), on(500)).late).toBe(true);
  });

  test('puts a timer that it moves into the past at once', () => {
    const { customer } = lives([buys(0), buys(30), visits(50)]);
    const sentBack = event('order.returned.v1', 45, { orderId: 'o-30', whole: true });
    const back = lives([sentBack], customer).customer;
    expect(back.timers[0]).toEqual({ name: 'overdue', due: on(50) });
  });
});

test('a transition tells its rule, the facts that it read and its cause, and its id depends on nothing else', () => {
  const story = [buys(0), buys(7)];
  const { transitions } = lives(story);
  expect(transitions).toEqual([
    {
      id: expect.stringMatching(/^t[\w-]{33}$/) as string,
      region: 'stage',
      from: 'exploration',
      to: 'awareness',
      at: on(7),
      evidence: { rule: 'cameBack', facts: { purchases: 2 }, causes: [`/shop#${story[1]!.id}`] },
    },
  ]);
  expect(lives(story).transitions[0]!.id).toBe(transitions[0]!.id);
});

test('an erased customer is forgotten, and what comes later is counted and dropped', () => {
  const { customer } = lives([buys(0), opensCase(1), buys(7)]);
  const erasure = event('customer.erased.v1', 8, {});
  const { customer: erased, transitions } = retail.advance(customer, erasure, on(8));
  expect(transitions).toEqual([]);
  expect(erased.erased).toBe(0);
  expect(erased.timers).toEqual([]);
  expect(JSON.stringify(erased)).not.toContain('k-1');
  const later = lives([buys(9), visits(10)], erased).customer;
  expect(later.erased).toBe(2);
  expect(retail.factsOf(later)).not.toHaveProperty('lastPurchaseAt');
});

test('facts can be asked as of a day', () => {
  const { customer } = lives(buysEvery(10, 0, 30));
  expect(retail.factsOf(customer, on(37))).toMatchObject({
    daysSincePurchase: 7,
    age: 37,
    frequency: 3,
    recency: 30,
  });
});

describe('bounds', () => {
  const programme = (decide: Programme<unknown, unknown>['decide']): Programme<unknown, unknown> => ({
    name: 'noisy',
    settings: {},
    hears: ['page.visited.v1'],
    decide,
  });
  const withProgramme = (decide: Programme<unknown, unknown>['decide']) =>
    createLifecycle({ ...retailDefinition, programmes: [{ programme: programme(decide), settings: {} }] });

  test('at most 64 timers stand, and it is said which were left out', () => {
    const timers = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`t${i}`, on(10 + i)]));
    const lifecycle = withProgramme(() => ({ proposals: [], timers }));
    const done = lifecycle.advance(lifecycle.begin('c-1'), visits(0), on(0));
    expect(done.customer.timers).toHaveLength(64);
    expect(done.cut).toHaveLength(16);
    expect(done.cut[0]).toContain('noisy.t64');
  });

  test('at most 32 outputs come of one event', () => {
    const proposal = (i: number): Proposal => ({
      slot: `s${i}`,
      programme: 'noisy',
      kind: 'task',
      purpose: 'internal',
      channels: ['in-app'],
      audience: 'shop',
      template: 'noise',
      variables: {},
      priority: 1,
      notBefore: on(0),
      expiresAt: on(5),
      evidence: { rule: 'noise', facts: {}, causes: [] },
    });
    const proposals = Array.from({ length: 40 }, (_, i) => proposal(i));
    const lifecycle = withProgramme(() => ({ proposals }));
    const done = lifecycle.advance(lifecycle.begin('c-1'), visits(0), on(0));
    expect(done.actions.length + done.suppressed.length).toBe(32);
    expect(done.cut).toHaveLength(8);
  });

  test('a timer that sets itself again jumps to the end after a hundred fires', () => {
    const lifecycle = withProgramme(({ at }) => ({ proposals: [], timers: { again: at + 3_600_000 } }));
    const first = lifecycle.advance(lifecycle.begin('c-1'), visits(0), on(0)).customer;
    const done = lifecycle.advance(first, visits(30), on(30));
    expect(done.cut[0]).toContain('noisy.again');
    expect(done.customer.timers.map(({ due }) => due)).toEqual([on(30) + 3_600_000]);
  });

  test('facts in evidence stay within 8 KB, naming what was left out', () => {
    const many = Array.from({ length: 60 }, (_, i) => `${i}-${'x'.repeat(240)}`);
    const products = many.map((category) => ({ productId: 'p', category, price: 1, quantity: 1 }));
    const source = retailSource.replace(
      '{ type: atLeast, params: { fact: purchases, value: 2 } }',
      '{ type: and, params: { guards: [{ type: atLeast, params: { fact: purchases, value: 2 } }, { type: not, params: { guard: { type: has, params: { fact: categories, value: none } } } }] } }',
    );
    const lifecycle = createLifecycle(loadDefinition(source));
    const { transitions } = lives([buys(0, { products }), buys(7)], undefined, lifecycle);
    const { facts } = (transitions[0] as Transition).evidence;
    expect(facts).toEqual({ purchases: 2, cut: ['categories'] });
  });
});
