import { opportunity } from './opportunity.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const shop = {
  categories: ['cheese', 'wine', 'olives', 'tea', 'honey'],
  goesWith: { bakery: ['jam'], wine: ['glasses'] },
  upgrades: { wine: 'fine wine' },
};
const facts = { categories: ['bakery', 'wine'], categoryCount: 2, openCases: 0, endedBySupplier: false };
const expanding = { facts, stage: 'expansion' } as const;
const ann = (chosen: object = {}) => new Trial(opportunity, { ...shop, ...chosen });
const asked = (scene: object = {}, customer = ann(), when = monday) =>
  customer
    .event('order.completed.v1', when, {}, { ...expanding, ...scene })
    .proposals.map(({ template, variables }) => [template, variables['categories']]);

describe('sales is asked', () => {
  test('to offer what is better than, and what goes with, what the customer buys', () => {
    const { proposals } = ann().event('order.completed.v1', monday, {}, expanding);
    expect(proposals).toMatchObject([
      {
        kind: 'task',
        purpose: 'internal',
        audience: 'sales',
        template: 'opportunity.upsell',
        variables: { categories: ['fine wine'] },
        restsOn: { openCases: 0, endedBySupplier: false },
      },
      {
        template: 'opportunity.cross-sell',
        variables: { categories: ['jam', 'glasses', 'cheese'] },
        evidence: { facts: { stage: 'expansion', categoryCount: 2 } },
      },
    ]);
  });
  test('once in 90 days, and of other categories then', () => {
    const customer = ann();
    expect(asked({}, customer)).toHaveLength(2);
    expect(asked({}, customer, monday + 89 * day)).toEqual([]);
    expect(asked({}, customer, monday + 90 * day)).toEqual([
      ['opportunity.cross-sell', ['olives', 'tea', 'honey']],
    ]);
    expect(asked({}, customer, monday + 180 * day)).toEqual([]);
    expect(asked({}, customer, monday + 365 * day)).toHaveLength(2);
  });
  test('of a customer in commitment too', () => {
    expect(asked({ stage: 'commitment' })).toHaveLength(2);
  });
});

describe('sales is left alone', () => {
  test('while a case is open, and while the customer is not well', () => {
    expect(asked({ facts: { ...facts, openCases: 1 } })).toEqual([]);
    for (const health of ['atRisk', 'recovering'] as const) expect(asked({ health })).toEqual([]);
  });
  test('about customers in other stages, and at a late event', () => {
    for (const stage of ['exploration', 'awareness', 'dissolution'] as const)
      expect(asked({ stage })).toEqual([]);
    expect(asked({ late: true })).toEqual([]);
  });
  test('where everything was bought, nothing is known of the customer, or nothing of the goods', () => {
    expect(
      asked({ facts: { ...facts, categories: ['wine', 'fine wine', 'glasses', ...shop.categories] } }),
    ).toEqual([]);
    expect(asked({ facts: { ...facts, categories: [] } })).toEqual([]);
    expect(asked({}, new Trial(opportunity))).toEqual([]);
  });
});

test('its memory is bounded', () => {
  const customer = ann({
    categories: Array.from({ length: 400 }, (_, n) => `category ${n}`),
    againDays: 3000,
    most: 8,
  });
  for (let when = monday; when < monday + 3000 * day; when += 90 * day) asked({}, customer, when);
  expect(customer.memory!.named).toHaveLength(32);
});
