import type { AtomicCommit, CustomerDocument, CustomerStore, Intent } from './customer-store.port.js';
import { LogError, type OutboundRecord, type TaskSession } from './event-log.port.js';
import { OvertakenByOwner, type FoldedBatch } from './fold-batch.js';
import type { TaskLimits } from './task-deps.js';

export interface CommitDeps {
  readonly store: CustomerStore;
  readonly atomic: AtomicCommit | undefined;
  readonly session: TaskSession;
  readonly partition: number;
  readonly epoch: number;
}

/** Everything that the batch publishes, per customer in the order in which it was decided. */
export const recordsOf = (batch: Pick<FoldedBatch, 'documents' | 'rest'>): OutboundRecord[] => [
  ...batch.documents.flatMap((d) => d.outputs),
  ...batch.rest,
];

/**
 * Makes a folded batch durable and visible; returns the documents as they now stand. Where log and store share a
 * database it is one transaction. Otherwise: the intent under the task's own epoch, one guarded write per customer,
 * and, only when every write is acknowledged or was read back at this batch's number, the log's transaction with
 * outputs and offsets.
 * @throws LogError, StoreError; after any of them nothing may be assumed: start the task again.
 */
export async function commitBatch(
  batch: FoldedBatch,
  intent: Intent,
  redo: boolean,
  deps: CommitDeps,
): Promise<readonly CustomerDocument[]> {
  const { store, atomic, session, partition, epoch } = deps;
  if (atomic) {
    const documents = batch.documents.map((d) => ({ ...d, outputs: [] }));
    await atomic.commit({ partition, epoch, intent, documents, records: recordsOf(batch) });
    return documents;
  }
  if (!redo && !(await store.writeIntent(partition, epoch, intent)))
    throw new LogError('fenced', `partition ${partition}: a newer owner has raised the epoch past ${epoch}`);
  const documents = await writeDocuments(store, batch.documents, intent.number);
  await session.commit(recordsOf({ documents, rest: batch.rest }), intent.to);
  return documents;
}

const ATTEMPTS = 5;

/**
 * Writes until each document is known to stand at this batch's number. Where another attempt at this batch was first,
 * its document counts, outbox included.
 */
async function writeDocuments(
  store: CustomerStore,
  documents: readonly CustomerDocument[],
  number: number,
): Promise<readonly CustomerDocument[]> {
  const settled = new Map(documents.map((d) => [d.id, d]));
  let open = documents;
  for (let attempt = 1; open.length > 0; attempt++) {
    const outcomes = await store.write(open);
    const doubtful = open.filter((d) => outcomes.get(d.id) !== 'written');
    if (doubtful.length === 0) break;
    const stored = await store.load(doubtful.map((d) => d.id));
    for (const document of stored.values()) {
      if (document.batch > number) throw new OvertakenByOwner(document.id, document.batch, number);
      if (document.batch === number) settled.set(document.id, document);
    }
    open = doubtful.filter((d) => (stored.get(d.id)?.batch ?? 0) < number);
    if (open.length > 0 && attempt === ATTEMPTS)
      throw new LogError(
        'indefinite',
        `${open.length} customers are still unacknowledged after ${ATTEMPTS} writes`,
      );
  }
  return [...settled.values()];
}

/** Whether the log takes the batch in one transaction, and the store each document with its outbox. */
export const fits = (batch: FoldedBatch, limits: Pick<TaskLimits, 'maxBytes' | 'maxOutboxBytes'>) =>
  bytesOf(recordsOf(batch)) <= limits.maxBytes &&
  batch.documents.every(({ outputs }) => bytesOf(outputs) <= limits.maxOutboxBytes);

/** Size of the records in a log, roughly: values, keys and 64 bytes of frame each. */
const bytesOf = (records: readonly OutboundRecord[]) =>
  records.reduce((sum, r) => sum + (r.value?.length ?? 0) + (r.key?.length ?? 0) + 64, 0);
