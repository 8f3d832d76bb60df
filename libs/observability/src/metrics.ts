import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The engine's own figures and the process's, in one registry that belongs to the caller. Counters only go up, and only
 * when a batch is committed; the gauges are set when somebody scrapes. Times are seconds, as Prometheus has them.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ name: `perennial_${name}_total`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge<Label>({ name: `perennial_${name}`, help, labelNames, registers });

  return {
    registry,
    records: counter('records', 'Records taken from the input topics.'),
    events: counter('events', 'Events folded into customers.'),
    batches: counter('batches', 'Batches committed.'),
    batchSeconds: new Histogram({
      name: 'perennial_batch_commit_seconds',
      help: 'From the intent of a batch to its commit.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    duplicates: counter('duplicates', 'Events dropped since their identity was seen before.'),
    beyondWindow: counter(
      'beyond_dedupe_window',
      'Events folded that are no newer than one whose identity was forgotten: duplicates among them cannot be told.',
    ),
    narrowWindow: counter(
      'narrow_dedupe_window',
      'Events folded while more than 2,048 of their customer had come within seven days.',
    ),
    late: counter('late', 'Events older than the latest of their customer.'),
    deadLetters: counter('dead_letters', 'Records set aside, by what is wrong with them.', ['class']),
    rerouted: counter('rerouted', 'Records sent on to the home partition of their customer.'),
    transitions: counter('transitions', 'Changes of stage or health.', ['region', 'from', 'to']),
    actions: counter('actions', 'Actions decided; verdict is requested or suppressed.', [
      'programme',
      'verdict',
    ]),
    alignmentWaits: counter('alignment_waits', 'Waits for a topic with lag and nothing fetched.', ['topic']),
    retries: counter('retries', 'Attempts at a partition that failed and were started again.'),
    lag: gauge('lag_records', 'Records known and not yet committed.', ['partition']),
    watermarkAge: gauge('watermark_age_seconds', 'Age of the watermark.', ['partition']),
    partitions: gauge('partitions', 'Assigned partition indexes, by state.', ['state']),
  };
}
