import { validateData } from '#contracts';
import type { Decision } from '../programme.js';
import { at, day, Trial } from './programmes.given.js';
import { quality, type QualityMemory } from './quality.js';

const monday = at('2026-03-02');
const line = (productId: string, category?: string) => ({
  productId,
  price: 2,
  quantity: 1,
  ...(category && { category }),
});
const orderOf = (orderId: string, ...products: readonly object[]) => ({
  orderId,
  total: 9,
  currency: 'EUR',
  products,
});
const twoShoes = orderOf('o1', line('boot', 'shoes'), line('clog', 'shoes'));
/** `return boot (too small)` */
const signals = ({ records = [] }: Decision<QualityMemory>) =>
  records.map((record) => {
    const { signal, cause } = record.data as { readonly signal: string; readonly cause?: string };
    return [signal, record.subject, cause && `(${cause})`].filter(Boolean).join(' ');
  });
const customer = () => new Trial(quality);
const tell = (type: string, data: object, of = customer()) => signals(of.event(type, monday, data));
const bought = (order: object) => {
  const ann = customer();
  ann.event('order.completed.v1', monday - day, order);
  return ann;
};

test('a sale is no signal', () => {
  const decision = customer().event('order.completed.v1', monday, twoShoes);
  expect(decision.records).toBeUndefined();
  expect(decision.proposals).toEqual([]);
});

describe('goods sent back', () => {
  test('signal each product that the return names, with the reason as the cause', () => {
    const data = { orderId: 'o9', reason: 'too small', products: [line('boot', 'shoes'), line('clog')] };
    const decision = customer().event('order.returned.v1', monday, data);
    expect(signals(decision)).toEqual(['return boot (too small)', 'return clog (too small)']);
    expect(decision.records![0]).toMatchObject({
      type: 'product.signalled.v1',
      data: { customer: 'ann', orderId: 'o9', category: 'shoes' },
      evidence: { rule: 'quality.return', facts: { products: 2 }, causes: [`/shop#e-${monday}`] },
    });
  });
  test('signal all of the order where all of it goes back and nobody lists it', () => {
    const whole = { orderId: 'o1', whole: true };
    expect(tell('order.returned.v1', whole, bought(twoShoes))).toEqual(['return boot', 'return clog']);
  });
  test('signal a product of an order once, however often it is reported', () => {
    const ann = bought(twoShoes);
    const boot = { orderId: 'o1', products: [line('boot')] };
    expect(tell('order.returned.v1', boot, ann)).toEqual(['return boot']);
    expect(tell('order.returned.v1', boot, ann)).toEqual([]);
    expect(tell('order.returned.v1', { orderId: 'o1', whole: true }, ann)).toEqual(['return clog']);
  });
  test('stay quiet where nobody knows which they were', () => {
    expect(tell('order.returned.v1', { orderId: 'o1' }, bought(twoShoes))).toEqual([]);
    expect(tell('order.returned.v1', { orderId: 'other', whole: true }, bought(twoShoes))).toEqual([]);
    expect(tell('order.cancelled.v1', { orderId: 'o1', whole: true }, bought(twoShoes))).toEqual([]);
  });
  test('bear no cause that is a story', () => {
    const story = { orderId: 'o9', reason: 'they came on the day '.repeat(9), products: [line('boot')] };
    expect(tell('order.returned.v1', story)).toEqual(['return boot']);
  });
  test('are late signals too: what happened, happened', () => {
    const data = { orderId: 'o9', products: [line('boot')] };
    expect(signals(customer().event('order.returned.v1', monday, data, { late: true }))).toEqual([
      'return boot',
    ]);
  });
});

describe('a complaint', () => {
  const about = { caseId: 'k1', product: 'boot', cause: 'sole came off' };
  test('signals the product and the cause of the case, once', () => {
    const ann = customer();
    expect(tell('case.opened.v1', about, ann)).toEqual(['complaint boot (sole came off)']);
    expect(tell('case.escalated.v1', about, ann)).toEqual([]);
    expect(tell('case.reopened.v1', about, ann)).toEqual([]);
  });
  test('signals when the product becomes known, be it when it is resolved', () => {
    const ann = customer();
    expect(tell('case.opened.v1', { caseId: 'k1', cause: 'broken' }, ann)).toEqual([]);
    expect(tell('case.resolved.v1', about, ann)).toEqual(['complaint boot (sole came off)']);
  });
  test('stays quiet about a case without a product', () => {
    expect(tell('case.opened.v1', { caseId: 'k1', cause: 'late' })).toEqual([]);
  });
});

describe('a bad score', () => {
  test('signals the product of a review with one or two stars, or of a bad word', () => {
    expect(tell('review.posted.v1', { product: 'boot', rating: 2 })).toEqual(['badScore boot']);
    expect(tell('feedback.given.v1', { product: 'boot', sentiment: 'negative' })).toEqual(['badScore boot']);
  });
  test('signals the one product of the order that the customer was asked about', () => {
    const score = { survey: 'csat', score: 2, orderId: 'o1' };
    expect(tell('survey.answered.v1', score, bought(orderOf('o1', line('boot', 'shoes'))))).toEqual([
      'badScore boot',
    ]);
  });
  test('stays quiet where it is good, or nobody knows what it is for', () => {
    expect(tell('review.posted.v1', { product: 'boot', rating: 3 })).toEqual([]);
    expect(tell('review.posted.v1', { rating: 1 })).toEqual([]);
    expect(tell('feedback.given.v1', { product: 'boot', sentiment: 'positive' })).toEqual([]);
    const boot = () => bought(orderOf('o1', line('boot')));
    const answer = (data: object, of: ReturnType<typeof bought>) => tell('survey.answered.v1', data, of);
    expect(answer({ survey: 'csat', score: 1, orderId: 'o1' }, bought(twoShoes))).toEqual([]);
    const halfBack = bought(twoShoes);
    tell('order.returned.v1', { orderId: 'o1', products: [line('boot')] }, halfBack);
    expect(answer({ survey: 'csat', score: 1, orderId: 'o1' }, halfBack)).toEqual([]);
    expect(answer({ survey: 'csat', score: 1 }, boot())).toEqual([]);
    expect(answer({ survey: 'csat', score: 1, orderId: 'o1', caseId: 'k1' }, boot())).toEqual([]);
    expect(answer({ survey: 'csat', score: 3, orderId: 'o1' }, boot())).toEqual([]);
    expect(answer({ survey: 'nps', score: 1, orderId: 'o1' }, boot())).toEqual([]);
  });
});

test('every signal fits the contract', () => {
  const ann = bought(twoShoes);
  const decisions = [
    ann.event('order.returned.v1', monday, { orderId: 'o1', reason: 'too small', whole: true }),
    ann.event('case.opened.v1', monday, { caseId: 'k1', product: 'boot', cause: 'smells' }),
    ann.event('review.posted.v1', monday, { product: 'boot', rating: 1 }),
  ];
  const records = decisions.flatMap(({ records = [] }) => records);
  expect(records).toHaveLength(4);
  for (const { type, data, evidence } of records)
    expect(validateData(type, { ...data, definition: 'retail@1', ...evidence })).toBeUndefined();
});

test('a product whose id cannot be a key of an event is left out', () => {
  expect(tell('review.posted.v1', { product: 'bo\not', rating: 1 })).toEqual([]);
});

test('one return signals at most 24 products, and says of how many', () => {
  const products = Array.from({ length: 60 }, (_, n) => line(`p-${n}`));
  const { records = [] } = customer().event('order.returned.v1', monday, { orderId: 'o', products });
  expect(records).toHaveLength(24);
  expect(records[0]!.evidence.facts).toEqual({ products: 60 });
});

test('its memory is bounded, whatever is bought and complained of', () => {
  const ann = customer();
  for (let n = 0; n < 100; n++) {
    const products = Array.from({ length: 24 }, (_, p) => line(`product-${n}-${p}`.padEnd(36, 'x')));
    ann.event('order.completed.v1', monday + n * day, orderOf(`order-${n}`, ...products));
    ann.event('case.opened.v1', monday + n * day, { caseId: `k-${n}`, product: 'boot' });
  }
  expect(ann.memory!.orders!.map(([id]) => id)).toEqual(['order-96', 'order-97', 'order-98', 'order-99']);
  expect(JSON.stringify(ann.memory).length).toBeLessThan(5_000);
});

test('an order too long to be remembered is told of by its return only', () => {
  const long = (count: number, width: number) =>
    bought(orderOf('o1', ...Array.from({ length: count }, (_, n) => line(`p-${n}`.padEnd(width, 'x')))));
  for (const ann of [long(25, 4), long(10, 100)]) {
    expect(ann.memory).toBeUndefined();
    expect(tell('order.returned.v1', { orderId: 'o1', whole: true }, ann)).toEqual([]);
    expect(tell('order.returned.v1', { orderId: 'o1', products: [line('p-1')] }, ann)).toEqual([
      'return p-1',
    ]);
  }
});
