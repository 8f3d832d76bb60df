import { readFileSync } from 'node:fs';
import type { InputEvent } from '#contracts';
import { createLifecycle, loadDefinition } from '#lifecycle';
import { Random } from '../simulation/random.js';
import type { Seen } from './verify/reading.js';
import { storyOf, type Change } from './verify/story.js';

const lifecycle = createLifecycle(
  loadDefinition(readFileSync(new URL('./definition.yaml', import.meta.url), 'utf8')),
);
const hour = 3_600_000;
const begin = Date.parse('2026-11-10T00:00:00Z');
const now = begin + 12 * 24 * hour;
const types = [
  ['order.completed.v1', (n: number) => ({ orderId: `o-${n}`, total: 20, currency: 'EUR', products: [] })],
  ['page.visited.v1', () => ({ page: '/' })],
  ['survey.answered.v1', () => ({ survey: 'nps', score: 9 })],
  ['case.opened.v1', (n: number) => ({ caseId: `k-${n}`, cause: 'late' })],
  ['account.assigned.v1', () => ({ accountManager: 'desk-1' })],
] as const;

/** One customer's ten days; now and then all timers up to a moment ahead of what is yet to come are told to fire. */
function lived(seed: number) {
  const random = new Random(seed);
  let customer = lifecycle.begin('c');
  const folded: InputEvent[] = [];
  const changes: Change[] = [];
  const fold = (event: InputEvent) => {
    folded.push(event);
    const advance = lifecycle.advance(customer, event, now);
    customer = advance.customer;
    for (const { region, from, to, evidence } of advance.transitions)
      changes.push({ region, from, to, cause: evidence.causes[0] ?? '' });
  };
  for (let n = 0; n < 40; n++) {
    const [type, dataOf] = random.of(types);
    const at = begin + n * 6 * hour - random.below(hour);
    fold({ id: `e-${n}`, source: '/chaos', type, subject: 'c', at, data: dataOf(n) });
    const ahead = random.chance(0.1) ? random.below(10 * 24 * hour) : -1;
    for (let left = 10; left > 0; left--) {
      const [timer] = customer.timers;
      if (!timer || timer.due > at + ahead) break;
      const due = new Date(timer.due).toISOString();
      const id = `c/${timer.name}/${timer.due}`;
      const data = { name: timer.name, due };
      fold({
        id,
        source: '/perennial/timers',
        type: 'timer.due.v1',
        subject: 'c',
        at: timer.due,
        data,
      });
    }
  }
  return { folded, changes };
}

it('what the verifier says of its definition is what the rules do, also where timers fire ahead of late events', () => {
  let quiet = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const { folded, changes } = lived(seed);
    const story = storyOf(
      folded.map(({ at, ...event }) => ({
        event: { ...event, time: new Date(at).toISOString(), data: event.data as Record<string, unknown> },
        at,
        record: {} as Seen,
      })),
    );
    expect({ seed, changes }).toEqual({ seed, changes: story.changes });
    quiet += changes.filter(({ cause }) => cause.startsWith('timer:')).length;
  }
  expect(quiet).toBeGreaterThan(100);
});
