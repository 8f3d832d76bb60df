import type { Lifecycle } from '#lifecycle';
import type { CustomerDocument } from '../customer-store.port.js';
import type { EventLog } from '../event-log.port.js';
import { foldBatch, type FoldedBatch } from '../fold-batch.js';
import type { RecordedBatch } from '../order-record.js';
import { recordedOrder, type OrderEntry } from './recorded-order.js';
import { RecordedInputs } from './slice-reader.js';

export interface ReplayOptions {
  readonly log: EventLog;
  readonly prefix: string;
  readonly partition: number;
  readonly partitions: number;
  /** Input topics by their full names, in folding order. */
  readonly topics: readonly string[];
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
  /** Where to begin: the partition's customers as of batch `number`. Without it, with batch 1 and nobody. */
  readonly begin?: PartitionState | undefined;
  /** Called before each batch is folded, for whoever reads along. */
  readonly before?: (entry: OrderEntry) => Promise<void>;
}

export interface PartitionState {
  readonly number: number;
  readonly customers: Iterable<CustomerDocument>;
}

export interface ReplayedBatch {
  readonly recorded: RecordedBatch;
  readonly folded: FoldedBatch;
  /** Every customer of the partition as of this batch; the same map for each batch. */
  readonly customers: ReadonlyMap<string, CustomerDocument>;
  /** When its record was appended, ms by the log's clock. */
  readonly appendedAt: number;
  /** Share of the order topic that is repeated with it, 0 to 1. */
  readonly share: number;
}

/**
 * Repeats what happened to one partition: the input topics' slices in the recorded order, with the recorded clock and
 * definition. Joins no group and writes nothing. Ends with the last batch that was recorded when it began.
 * @throws TruncatedLog when the topics no longer hold what is needed.
 */
export async function* replayPartition(options: ReplayOptions): AsyncGenerator<ReplayedBatch> {
  const { log, prefix, partition, partitions, topics, lifecycleOf, begin, before } = options;
  const inputs = await RecordedInputs.open(log, prefix, partition, topics);
  const customers = new Map<string, CustomerDocument>();
  for (const document of begin?.customers ?? []) customers.set(document.id, document);

  for await (const entry of recordedOrder(log, prefix, partition, begin?.number)) {
    const { recorded, appendedAt, share } = entry;
    await before?.(entry);
    const ordered = await inputs.of(recorded);
    const lifecycle = await lifecycleOf(recorded.definition);
    const context = { lifecycle, group: recorded.group, partition, partitions, prefix };
    const folded = foldBatch(ordered, customers, recorded, context);
    for (const document of folded.documents) customers.set(document.id, { ...document, outputs: [] });
    yield { recorded, folded, customers, appendedAt, share };
  }
}
