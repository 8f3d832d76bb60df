import { at, becomes, day, Trial } from './programmes.given.js';
import { winBack } from './win-back.js';

const due = at('2026-03-02');
const facts = { lastPurchaseAt: due - 33 * day, daysSincePurchase: 33, overdueAfter: 32.3, keptOrders: 9 };
const overdue = { facts, health: 'atRisk', transitions: [becomes('atRisk', 'overdue')] } as const;
const ann = () => new Trial(winBack);

describe('win-back', () => {
  test('writes when the customer becomes overdue, with its reasons', () => {
    const [proposal] = ann().timer('overdue', due, overdue).proposals;
    expect(proposal).toMatchObject({
      programme: 'win-back',
      purpose: 'marketing',
      template: 'win-back.overdue',
      variables: facts,
      expiresAt: due + 14 * day,
      evidence: { rule: 'overdue', facts, causes: ['timer:overdue@2026-03-02T12:00:00.000Z'] },
      restsOn: { lastPurchaseAt: due - 33 * day, subscription: null, endedBySupplier: null },
    });
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
  test('writes once in an episode, and again in the next', () => {
    const customer = ann();
    const again = { ...overdue, transitions: [becomes('atRisk', 'overdue', 'recovering')] };
    customer.timer('overdue', due, overdue);
    customer.event('order.completed.v1', due + day, {}, { facts, health: 'recovering' });
    expect(customer.timer('overdue', due + 40 * day, again).proposals).toEqual([]);
    customer.event('order.completed.v1', due + 41 * day, {}, { facts, health: 'well' });
    expect(customer.timer('overdue', due + 90 * day, overdue).proposals).toHaveLength(1);
  });
  test('an episode also ends with the relationship', () => {
    const customer = ann();
    customer.timer('overdue', due, overdue);
    customer.timer('lapse', due + 60 * day, { facts, health: 'none' });
    expect(customer.timer('overdue', due + 200 * day, overdue).proposals).toHaveLength(1);
  });
});
