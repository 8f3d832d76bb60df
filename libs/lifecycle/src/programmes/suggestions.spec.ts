import { at, day, Trial } from './programmes.given.js';
import { suggestions } from './suggestions.js';

const monday = at('2026-03-02');
const shop = {
  goesWith: { rye: ['butter', 'jam', 'knife'], wine: ['glasses'] },
  byCategory: { bakery: ['brioche', 'rye'] },
  cycles: { knife: 3000 },
};
const facts = { categories: ['bakery'], categoryCount: 1, openCases: 0, endedBySupplier: false };
const next = 'suggestions.next';
const ann = (chosen: object = {}) => new Trial(suggestions, { ...shop, ...chosen });
type Ann = ReturnType<typeof ann>;

const buys = (customer: Ann, when: number, ...products: string[]) =>
  customer.event(
    'order.completed.v1',
    when,
    { orderId: `o-${when}`, products: products.map((productId) => ({ productId, price: 1, quantity: 1 })) },
    { facts },
  );
const suggested = (customer: Ann, when: number, scene: object = {}) =>
  customer.timer(next, when, { facts, ...scene }).proposals.map(({ variables }) => variables['products']);
/** A customer who bought rye bread on Monday. */
const begun = (chosen: object = {}) => {
  const customer = ann(chosen);
  buys(customer, monday, 'rye', 'salt');
  return customer;
};
const month = monday + 30 * day;

describe('suggestions', () => {
  test('come a month after the first order, of what goes with it and of the own categories', () => {
    const customer = ann();
    expect(buys(customer, monday, 'rye').timers).toEqual({ next: month });
    const step = customer.timer(next, month, { facts });
    expect(step).toMatchObject({
      proposals: [
        {
          kind: 'message',
          purpose: 'marketing',
          template: 'suggestions.products',
          variables: { products: ['butter', 'jam', 'knife'] },
          expiresAt: month + 7 * day,
          restsOn: { openCases: 0, endedBySupplier: false },
        },
      ],
      timers: { next: month + 30 * day },
    });
  });
  test('do not repeat themselves for half a year', () => {
    const customer = begun();
    suggested(customer, month);
    expect(suggested(customer, month + 30 * day)).toEqual([['brioche', 'rye']]);
    expect(suggested(customer, month + 60 * day)).toEqual([]);
    expect(suggested(customer, month + 180 * day)).toEqual([['butter', 'jam', 'knife']]);
  });
  test('begin with what goes with the latest purchase', () => {
    const customer = begun();
    buys(customer, monday + day, 'wine');
    expect(suggested(customer, month)).toEqual([['glasses', 'butter', 'jam']]);
  });
});

describe('nothing is suggested', () => {
  test('that was bought within its cycle', () => {
    const customer = begun();
    buys(customer, monday + day, 'butter', 'knife', 'brioche');
    expect(suggested(customer, month)).toEqual([['jam']]);
    expect(suggested(customer, monday + 61 * day)).toEqual([['butter', 'brioche', 'rye']]);
  });
  test('that was returned, named or as part of the whole order', () => {
    const named = begun();
    const products = [{ productId: 'butter', price: 1, quantity: 1 }];
    named.event('order.returned.v1', monday + day, { orderId: 'other', products }, { facts });
    expect(suggested(named, month)).toEqual([['jam', 'knife', 'brioche']]);
    const whole = begun({ cycleDays: 0 });
    whole.event('order.returned.v1', monday + day, { orderId: `o-${monday}` }, { facts });
    expect(suggested(whole, month).flat()).not.toContain('rye');
  });
  test.each([
    ['case.opened.v1', { caseId: 'k', product: 'butter' }],
    ['feedback.given.v1', { sentiment: 'negative', product: 'butter' }],
    ['review.posted.v1', { rating: 2, product: 'butter' }],
  ])('that was complained about: %s %j', (type, data) => {
    const customer = begun();
    customer.event(type, monday + day, data, { facts });
    expect(suggested(customer, month)).toEqual([['jam', 'knife', 'brioche']]);
  });
  test('but what was praised is', () => {
    const customer = begun();
    customer.event('review.posted.v1', monday + day, { rating: 5, product: 'butter' }, { facts });
    customer.event(
      'feedback.given.v1',
      monday + day,
      { sentiment: 'positive', product: 'butter' },
      { facts },
    );
    expect(suggested(customer, month)).toEqual([['butter', 'jam', 'knife']]);
  });
  test('while a case is open or the customer is not well, and later is', () => {
    const customer = begun();
    expect(suggested(customer, month, { facts: { ...facts, openCases: 1 } })).toEqual([]);
    expect(suggested(customer, month + 30 * day, { health: 'atRisk' })).toEqual([]);
    expect(suggested(customer, month + 60 * day)).toHaveLength(1);
  });
  test('in dissolution, until the customer buys again', () => {
    const customer = begun();
    expect(customer.timer(next, month, { facts, stage: 'dissolution' })).not.toHaveProperty('timers');
    expect(buys(customer, month + day, 'wine').timers).toEqual({ next: month + 31 * day });
  });
  test('where the shop gives no lists, and then nothing is remembered', () => {
    const customer = new Trial(suggestions);
    expect(buys(customer, monday, 'rye')).toEqual({ proposals: [] });
  });
});

describe('a suggestion that still waits', () => {
  test('is withdrawn when one of its products is bought or complained about', () => {
    const waiting = () => {
      const customer = begun();
      suggested(customer, month);
      return customer;
    };
    const { actionId } = waiting().memory!.open!;
    expect(buys(waiting(), month + 1, 'butter').withdraws).toEqual([actionId]);
    const bad = { caseId: 'k', product: 'jam' };
    expect(waiting().event('case.opened.v1', month + 1, bad, { facts }).withdraws).toEqual([actionId]);
    expect(buys(waiting(), month + 1, 'wine')).not.toHaveProperty('withdraws');
  });
});

test('its memory is bounded, and holds nothing of what no list names', () => {
  const many = Array.from({ length: 64 }, (_, n) => `p-${n}`);
  const customer = ann({ goesWith: { rye: many }, byCategory: {}, most: 8 });
  for (let n = 0; n < 200; n++) {
    buys(customer, monday + n * day, `p-${n % 64}`, `other-${n}`);
    customer.event('review.posted.v1', monday + n * day, { rating: 1, product: `p-${n % 64}` }, { facts });
    suggested(customer, monday + n * day);
  }
  const { bought, disliked, suggested: told } = customer.memory!;
  expect([bought.length, disliked.length, told.length <= 32]).toEqual([32, 32, true]);
  expect(JSON.stringify(customer.memory)).not.toContain('other');
});
