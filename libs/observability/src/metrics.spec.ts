import { createMetrics } from './index.js';

describe('the metrics', () => {
  it('are exposed under the name of the project, by their labels', async () => {
    const metrics = createMetrics();
    metrics.deadLetters.inc({ class: 'schema' }, 2);
    metrics.actions.inc({ programme: 'follow-up', verdict: 'suppressed' });
    metrics.batchSeconds.observe(0.02);
    metrics.lag.set({ partition: 3 }, 17);
    const text = await metrics.registry.metrics();
    expect(text).toContain('perennial_dead_letters_total{class="schema"} 2');
    expect(text).toContain('perennial_actions_total{programme="follow-up",verdict="suppressed"} 1');
    expect(text).toContain('perennial_batch_commit_seconds_bucket{le="0.025"} 1');
    expect(text).toContain('perennial_lag_records{partition="3"} 17');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('of two engines in one process are apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.events.inc(5);
    expect((await other.events.get()).values).toEqual([expect.objectContaining({ value: 0 })]);
  });
});
