import type { Logger, Metrics } from '#observability';
import type { TaskEvent } from '#pipeline';

/** Counts and logs what the tasks tell. */
export function tell(logger: Logger, metrics: Metrics): (event: TaskEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'batch':
        countBatch(event, metrics);
        for (const { customer, what } of event.tally.cuts)
          logger.warn({ customer, partition: event.partition }, `left out to stay within bounds: ${what}`);
        for (const { customer, error } of event.foldErrors)
          logger.error(
            { err: error, customer, partition: event.partition },
            'the rules threw; the event went to the dead letters',
          );
        return;
      case 'controls': {
        const { definition, brakes } = event;
        logger.info({ definition, brakes }, 'other controls are in force');
        return;
      }
      case 'waiting':
        metrics.alignmentWaits.inc({ topic: event.topic });
        logger.info(
          { partition: event.partition, topic: event.topic },
          'waiting for a topic with lag and nothing fetched',
        );
        return;
      case 'retry':
        metrics.retries.inc();
        logger.warn(
          { partition: event.partition, failures: event.failures },
          `starting again: ${event.reason}`,
        );
        return;
      case 'stopped':
        logger.error({ partition: event.partition }, event.reason);
        return;
      default:
        event satisfies never;
    }
  };
}

function countBatch(
  { counts, tally, commitMs }: Extract<TaskEvent, { kind: 'batch' }>,
  metrics: Metrics,
): void {
  metrics.batches.inc();
  metrics.batchSeconds.observe(commitMs / 1_000);
  metrics.records.inc(counts.records);
  metrics.events.inc(counts.events);
  metrics.duplicates.inc(counts.duplicates);
  metrics.beyondWindow.inc(tally.beyondWindow);
  metrics.narrowWindow.inc(tally.narrowWindow);
  metrics.late.inc(counts.late);
  metrics.rerouted.inc(counts.rerouted);
  for (const [errorClass, n] of tally.deadLetters) metrics.deadLetters.inc({ class: errorClass }, n);
  for (const [key, n] of tally.transitions) {
    const [region = '', from = '', to = ''] = key.split(' ');
    metrics.transitions.inc({ region, from, to }, n);
  }
  for (const [key, n] of tally.actions) {
    const [programme = '', verdict = ''] = key.split(' ');
    metrics.actions.inc({ programme, verdict }, n);
  }
}
