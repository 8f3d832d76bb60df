import type { Logger, Metrics } from '#observability';
import type { TaskEvent } from '#pipeline';

/** Counts and logs what the tasks tell. */
export function tell(logger: Logger, metrics: Metrics, prefix: string): (event: TaskEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'batch':
        countBatch(event, metrics, prefix);
        for (const { customer, error } of event.foldErrors)
          logger.error(
            { err: error, customer, partition: event.partition },
            'the rules threw; the event went to the dead letters',
          );
        return;
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

function countBatch(event: Extract<TaskEvent, { kind: 'batch' }>, metrics: Metrics, prefix: string): void {
  void event;
  void metrics;
  void prefix;
}
