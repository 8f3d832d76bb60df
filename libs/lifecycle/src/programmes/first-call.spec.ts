import { followUp } from './follow-up.js';
import { at, day, Trial } from './programmes.given.js';

/** A Monday; noon in London, one o'clock in Vienna, where the shop of these specs is. */
const monday = at('2026-03-02');
const first = (changed = {}) => ({
  facts: { keptOrders: 1, lastPurchaseAt: monday, openCases: 0, returns: 0, ordersCancelled: 0, ...changed },
});
const calls = (
  total: number,
  scene: object = first(),
  { settings = {}, currency = 'USD', when = monday } = {},
) =>
  new Trial(followUp, { firstCall: settings })
    .event('order.completed.v1', when, { orderId: 'o1', total, currency, products: [] }, scene)
    .proposals.filter(({ template }) => template === 'follow-up.first-call');

describe('a call', () => {
  test('is planned for who begins with an order of five mean orders of the trade', () => {
    expect(calls(134.99)).toEqual([]);
    const [task, ...more] = calls(135);
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      kind: 'task',
      purpose: 'internal',
      audience: 'sales',
      variables: { orderId: 'o1', callOn: '2026-03-05' },
      evidence: { rule: 'first-call', facts: { meanOrder: 27, times: 5, keptOrders: 1 } },
    });
  });
  test('may have a threshold of its own for each currency', () => {
    const settings = { meanOrder: { EUR: 200, JPY: 30_000 }, times: 1 };
    expect(calls(200, first(), { settings, currency: 'EUR' })).toHaveLength(1);
    expect(calls(29_999, first(), { settings, currency: 'JPY' })).toEqual([]);
  });
  test('is for nine in the morning of a working day, where the customer lives', () => {
    const wednesday = monday + 2 * day;
    const on = (timeZone?: string) =>
      calls(500, first({ lastPurchaseAt: wednesday, timeZone }), { when: wednesday }).map(
        ({ notBefore, variables }) => [new Date(notBefore).toISOString(), variables['callOn']],
      );
    expect(on()).toEqual([['2026-03-09T08:00:00.000Z', '2026-03-09']]);
    expect(on('America/New_York')).toEqual([['2026-03-09T13:00:00.000Z', '2026-03-09']]);
    expect(on('Pacific/Auckland')).toEqual([['2026-03-08T20:00:00.000Z', '2026-03-09']]);
  });
  test('is for the account manager where there is one', () => {
    expect(calls(500, first({ accountManager: 'desk-3' }))).toMatchObject([{ audience: 'account-manager' }]);
  });
  test('is off when the order goes back or a case is opened before the day', () => {
    expect(calls(500)[0]!.restsOn).toEqual({ returns: 0, ordersCancelled: 0, openCases: 0 });
  });
  test('is made once in a lifetime', () => {
    const ann = new Trial(followUp);
    const large = { orderId: 'o1', total: 500, currency: 'USD', products: [] };
    expect(ann.event('order.completed.v1', monday, large, first()).proposals).toHaveLength(2);
    const later = monday + 40 * day;
    const again = ann.event('order.completed.v1', later, large, first({ lastPurchaseAt: later }));
    expect(again.proposals.map(({ template }) => template)).toEqual(['follow-up.thanks']);
  });
  test.each([
    ['a later order', first({ keptOrders: 2 })],
    ['a late event', { ...first(), late: true }],
    ['an order already taken back', first({ lastPurchaseAt: undefined })],
    ['a customer under a flag', first({ flags: ['fraud'] })],
  ])('is not made for %s', (_, scene) => {
    expect(calls(500, scene)).toEqual([]);
  });
  test('is not made for an order in a currency that the definition says nothing of', () => {
    expect(calls(50_000, first(), { currency: 'JPY' })).toEqual([]);
  });
});
