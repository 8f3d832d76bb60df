import { bundledDefinition, createLifecycle, LiveCustomer, loadDefinition } from './index.js';

const day = 86_400_000;
const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const start = Date.UTC(2026, 0, 5, 15);
const buys = (n: number) => ({
  ...{ id: `o-${n}`, source: '/shop', type: 'order.completed.v1', subject: 'ann', at: start + n * 7 * day },
  data: { orderId: `o-${n}`, total: 20, currency: 'USD', products: [] },
});

describe('a customer of an engine that is up all the time', () => {
  const ann = new LiveCustomer(lifecycle, 'ann');
  const told = Array.from({ length: 12 }, (_, n) => [...ann.ring(buys(n).at), ann.take(buys(n))]).flat();

  test('has each timer fired at its due time, and judged by that clock', () => {
    const due = ann.nextDue;
    const [first, ...later] = ann.ring(start + 400 * day);
    expect(first?.now).toBe(due);
    expect([...told, first, ...later].every((one, i, all) => (one?.now ?? 0) >= (all[i - 1]?.now ?? 0))).toBe(
      true,
    );
    expect(later.flatMap(({ transitions }) => transitions).at(-1)).toMatchObject({
      region: 'health',
      to: 'none',
    });
    expect(ann.nextDue).toBeGreaterThan(start + 400 * day);
  });

  test('hears nothing of a timer that is not due', () => {
    expect(new LiveCustomer(lifecycle, 'bea').ring(start)).toEqual([]);
  });
});
