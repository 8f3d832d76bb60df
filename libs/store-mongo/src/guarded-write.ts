import { StoreError, type CustomerDocument, type WriteOutcome } from '#pipeline';
import { mongo } from 'mongoose';
import type { CausalOrder } from './causal-order.js';
import { customerRow, type CustomerRow } from './customer.schema.js';
import { isPassing, isTransient, storeError } from './failures.js';

const DUPLICATE_KEY = 11_000;

/**
 * One unordered bulk. Each document replaces one of a lower batch or is inserted; where a stored one is not lower, the
 * insert meets its id and is refused, which says that the guard was lost.
 * @throws StoreError `storage` when the server refuses for another reason, which a repetition would meet again.
 */
export async function writeGuarded(
  customers: mongo.Collection<CustomerRow>,
  documents: readonly CustomerDocument[],
  order: CausalOrder,
): Promise<ReadonlyMap<string, WriteOutcome>> {
  if (documents.length === 0) return new Map();
  const operations = documents.map((document) => ({
    replaceOne: {
      filter: { _id: document.id, batch: { $lt: document.batch } },
      replacement: customerRow(document),
      upsert: true,
    },
  }));
  const all = (outcome: WriteOutcome) => new Map(documents.map(({ id }) => [id, outcome]));
  const failure: unknown = await order
    .run((session) => customers.bulkWrite(operations, { ordered: false, session }))
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  if (failure === undefined) return all('written');
  const refusals = completeRefusals(failure);
  if (refusals === undefined) {
    if (isRefusal(failure)) throw storeError('writing customers', failure);
    return all('unknown');
  }
  const outcomes = all('written');
  const doubtful: CustomerDocument[] = [];
  for (const { index, code, errmsg } of refusals) {
    const document = documents[index]!;
    if (code !== DUPLICATE_KEY && !isPassing(code))
      throw new StoreError('storage', `MongoDB refuses customer "${document.id}": ${errmsg}`);
    outcomes.set(document.id, 'unknown');
    if (code === DUPLICATE_KEY) doubtful.push(document);
  }
  for (const id of await lost(customers, doubtful, order)) outcomes.set(id, 'lostGuard');
  return outcomes;
}

/**
 * The single documents' refusals, when they are all that went wrong. Beside a write concern's error or a lost
 * connection the driver does not list them, so then nothing is known of any document.
 */
function completeRefusals(failure: unknown): readonly mongo.WriteError[] | undefined {
  if (!(failure instanceof mongo.MongoBulkWriteError)) return undefined;
  const refusals = [failure.writeErrors].flat();
  return refusals.length > 0 && failure.result.getWriteConcernError() === undefined ? refusals : undefined;
}

/** The server, or the driver before sending, will not take the bulk. */
function isRefusal(failure: unknown): boolean {
  if (failure instanceof mongo.MongoBulkWriteError && failure.result.getWriteConcernError() !== undefined)
    return false;
  // A bulk's error hides the kind of the one that it wraps; a server's refusal has a code.
  if (failure instanceof mongo.MongoBulkWriteError && failure.code === undefined) return false;
  return !isTransient(failure);
}

/**
 * A refused insert may also have met another first write of the same customer with a lower batch, which is no loss of
 * the guard: so those are read, as durable documents.
 */
async function lost(
  customers: mongo.Collection<CustomerRow>,
  documents: readonly CustomerDocument[],
  order: CausalOrder,
): Promise<readonly string[]> {
  if (documents.length === 0) return [];
  const numbers = new Map(documents.map(({ id, batch }) => [id, batch]));
  const stored = await order
    .run((session) =>
      customers.find({ _id: { $in: [...numbers.keys()] } }, { projection: { batch: 1 }, session }).toArray(),
    )
    .catch(() => []);
  return stored.filter((row) => row.batch >= numbers.get(row._id)!).map((row) => row._id);
}
