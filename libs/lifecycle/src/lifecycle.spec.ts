import { bundledDefinition, createLifecycle, loadDefinition } from './index.js';

const at = (day: string) => Date.parse(`${day}T15:00:00Z`);
const order = (id: string, day: string) => ({
  id,
  source: 'shop',
  type: 'order.completed.v1',
  subject: 'c-1',
  at: at(day),
  data: { orderId: id, total: 10, currency: 'USD', products: [] },
});

describe('a customer of retail@1', () => {
  const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));

  test('comes back and is aware, falls silent and is at risk, then lost', () => {
    let customer = lifecycle.begin('c-1');
    const moves: string[] = [];
    const take = (event: Parameters<typeof lifecycle.advance>[1]) => {
      const done = lifecycle.advance(customer, event, event.at);
      customer = done.customer;
      moves.push(...done.transitions.map((t) => `${t.from}>${t.to} ${t.evidence.rule}`));
      return done;
    };
    take(order('o1', '2026-01-05'));
    take(order('o2', '2026-01-12'));
    expect(take(order('o2', '2026-01-12')).duplicate).toBe(true);
    take(order('o3', '2026-09-01'));
    expect(moves).toEqual([
      'exploration>awareness cameBack',
      'well>atRisk overdue',
      'awareness>dissolution lapsed',
      'atRisk>none dissolved',
      'dissolution>awareness boughtAgain',
      'none>recovering revived',
    ]);
  });
});
