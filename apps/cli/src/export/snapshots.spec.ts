import { bundledDefinition, createLifecycle, loadDefinition, type CustomerState } from '#lifecycle';
import { periodEnd } from './period.js';
import { Snapshots } from './snapshots.js';

const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const day = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 10, 12);

const bought = (days: number) => ({
  ...{ id: `e${days}`, source: '/shop', type: 'order.completed.v1', subject: 'c', at: start + days * day },
  data: { orderId: `o${days}`, total: 20, currency: 'EUR', products: [] },
});

/** The snapshots of a customer who buys on these days, with no record of any timer, as a backfill has none. */
function taken(days: readonly number[], until: number) {
  const snapshots = new Snapshots((at) => periodEnd(at, 'month', 'UTC'));
  const watched = snapshots.watch(lifecycle);
  let state: CustomerState = lifecycle.begin('c');
  for (const each of days) {
    const event = bought(each);
    state = watched.advance(state, event, event.at).customer;
  }
  snapshots.close(lifecycle, state, start + until * day);
  return { rows: snapshots.taken(), state };
}

describe('snapshots at the ends of months', () => {
  it('are of each month since the first event, none of one that has not ended', () => {
    const { rows } = taken([0, 9, 40], 75);
    expect(rows.map(({ lastDay, purchases }) => [lastDay, purchases])).toEqual([
      ['2026-01-31', 2],
      ['2026-02-28', 3],
    ]);
  });

  it('know of timers that were due by then, though no record of them is there', () => {
    const { rows, state } = taken([0, 9, 100], 101);
    expect(rows.map(({ lastDay, health }) => [lastDay, health])).toEqual([
      ['2026-01-31', 'well'],
      ['2026-02-28', 'atRisk'],
      ['2026-03-31', expect.stringMatching(/atRisk|none/)],
    ]);
    expect(state.health).toBe('recovering');
  });

  it('leave the replay itself as it is', () => {
    let plain: CustomerState = lifecycle.begin('c');
    for (const each of [0, 9, 100]) {
      const event = bought(each);
      plain = lifecycle.advance(plain, event, event.at).customer;
    }
    expect(taken([0, 9, 100], 101).state).toEqual(plain);
  });
});
