import pino from 'pino';
import { createMetrics } from '#observability';
import { tell } from './tell.js';

const counts = {
  ...{ records: 5, events: 3, timers: 0, duplicates: 2, late: 0 },
  ...{ deadLetters: 0, rerouted: 0, outputs: 0 },
};
const none = new Map<string, number>();

test('duplicates that were dropped, and what the dedupe window could not tell, are metrics', async () => {
  const metrics = createMetrics();
  tell(
    pino({ level: 'silent' }),
    metrics,
  )({
    kind: 'batch',
    partition: 0,
    counts,
    tally: {
      deadLetters: none,
      transitions: none,
      actions: none,
      cuts: [],
      beyondWindow: 1,
      narrowWindow: 3,
    } as never,
    commitMs: 1,
    foldErrors: [],
  });
  const text = await metrics.registry.metrics();
  expect(text).toContain('perennial_duplicates_total 2');
  expect(text).toContain('perennial_beyond_dedupe_window_total 1');
  expect(text).toContain('perennial_narrow_dedupe_window_total 3');
});
