import type { InputEvent } from '#contracts';
import { bundledDefinition } from './definition/bundled.js';
import { loadDefinition } from './definition/load.js';
import { createLifecycle } from './lifecycle.js';
import { LiveCustomer } from './live.js';

const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const hour = 3_600_000;

/** What comes of a customer where everything that upstream may name bears this name. */
function lifeWith(name: string) {
  const customer = new LiveCustomer(lifecycle, 'ann');
  const products = [{ productId: name, category: name, price: 20, quantity: 1 }];
  const order = { orderId: name, total: 20, currency: 'USD', products };
  const open = (n: number) => ({ caseId: n === 0 ? name : `${name} ${n}`, cause: name, productId: name });
  const told: (readonly [type: string, data: object])[] = [
    ['profile.updated.v1', { birthday: '--03-09' }],
    ['consent.changed.v1', { channel: 'email', purpose: 'marketing', granted: true }],
    ['order.completed.v1', order],
    ['order.completed.v1', { ...order, orderId: 'second' }],
    ...Array.from({ length: 4 }, (_, n) => ['case.opened.v1', open(n)] as const),
    ['case.escalated.v1', { caseId: name }],
    ['case.resolved.v1', { caseId: name }],
    ['order.returned.v1', { orderId: name }],
    ['order.completed.v1', { ...order, orderId: 'third' }],
  ];
  const heard: unknown[] = [];
  told.forEach(([type, data], n) => {
    const at = Date.parse('2026-03-02T10:00:00Z') + n * 30 * hour;
    const event: InputEvent = { id: `e-${n}`, source: '/shop', subject: 'ann', at, type, data };
    for (const { transitions, actions, suppressed, records } of [
      ...customer.ring(at - 1),
      customer.take(event),
    ])
      heard.push(
        transitions.map(({ from, to }) => `${from} ${to}`),
        [...actions, ...suppressed.map(({ action }) => action)]
          .map((it) => [it.template, it.variables])
          .sort(),
        records.map(({ type: record, data: said }) => [record, said]),
      );
  });
  return JSON.stringify([heard, lifecycle.factsOf(customer.state)]).replaceAll(name, 'NAME');
}

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'upstream may call a case, a cause, a product, a category or an order %s like anything else',
  (name) => {
    const plain = lifeWith('a-plain-name');
    expect(plain).toContain('recovery.task');
    expect(lifeWith(name)).toBe(plain);
  },
);
