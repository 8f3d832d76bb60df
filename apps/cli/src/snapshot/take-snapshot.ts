import { createHash, type Hash } from 'node:crypto';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { inputTopics, orderTopic, topicName } from '#contracts';
import type { Lifecycle } from '#lifecycle';
import {
  customersOf,
  foldBatch,
  recordedOrder,
  RecordedInputs,
  type CustomerDocument,
  type CustomerStore,
  type EventLog,
  type RecordedBatch,
} from '#pipeline';
import { bytesOf, linesOf } from '../lines.js';
import { partitionFile, type SnapshotFile, type SnapshotLine } from './format.js';

export interface SnapshotRequest {
  readonly log: EventLog;
  readonly store: CustomerStore;
  readonly prefix: string;
  readonly folder: string;
  readonly partitions: number;
  /** By partition, since coupon codes are read from each one's ledger; and content hash of the definition. */
  readonly lifecycleOf: (partition: number, hash: string) => Promise<Lifecycle>;
  readonly progress: (customers: number) => void;
}

/**
 * Every customer's document as of one batch of its partition. Engines may be at work: documents are read as they come, and
 * those that were read too early are brought forward by the batches recorded meanwhile, so that each file is of one number.
 * @throws Error where a batch of which a document was read is not recorded: its commit is in doubt, so try again.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<SnapshotFile[]> {
  const { log, store, prefix, folder, partitions, progress } = request;
  // One after the other: kafkajs may open, and never close, a second connection for two first reads at once.
  const begun: number[] = [];
  for (const partition of range(partitions)) begun.push(await lastRecorded(log, prefix, partition));
  const files = await Promise.all(
    range(partitions).map((partition) => PartitionFile.create(folder, partition)),
  );
  try {
    let customers = 0;
    for await (const document of store.scan()) {
      await files[document.partition]?.write(document);
      progress(++customers);
    }
  } finally {
    for (const file of files) await file.close();
  }
  const taken: SnapshotFile[] = [];
  for (const file of files) taken.push(await settled(file, begun[file.partition] ?? 0, request));
  return taken;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

async function lastRecorded(log: EventLog, prefix: string, partition: number): Promise<number> {
  let last = 0;
  for await (const { recorded } of recordedTail(log, prefix, partition)) last = recorded.number;
  return last;
}

/** The order topic's batches from whatever number it begins with. */
async function* recordedTail(log: EventLog, prefix: string, partition: number) {
  const topic = topicName(prefix, orderTopic);
  const { start, end } = (await log.range(topic))[partition] ?? { start: 0, end: 0 };
  for await (const records of log.read(topic, partition, Math.max(start, end - 20), end))
    for (const record of records) {
      const { data } = JSON.parse(String(record.value)) as { data: { number: number } };
      yield { recorded: data };
    }
}

/** One partition's documents on their way into a file. */
class PartitionFile {
  customers = 0;
  newest = 0;
  readonly #hash: Hash = createHash('sha256');

  private constructor(
    readonly partition: number,
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(folder: string, partition: number, ending = ''): Promise<PartitionFile> {
    const path = join(folder, `${partitionFile(partition)}${ending}`);
    return new PartitionFile(partition, path, await open(path, 'wx'));
  }

  async write({ id, batch, state }: CustomerDocument): Promise<void> {
    const line = `${JSON.stringify({ id, batch, state } satisfies SnapshotLine)}\n`;
    this.customers += 1;
    this.newest = Math.max(this.newest, batch);
    this.#hash.update(line);
    await this.handle.write(line);
  }

  async close(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}

/** Brings what was read too early to the newest batch that any document had seen. */
async function settled(file: PartitionFile, begun: number, request: SnapshotRequest): Promise<SnapshotFile> {
  const { log, prefix, folder } = request;
  const { partition } = file;
  const upTo = Math.max(begun, file.newest);
  const entry = { partition, file: partitionFile(partition) };
  if (upTo === 0) return { ...entry, sha256: file.sha256, customers: file.customers, batch: 0 };
  const meanwhile: RecordedBatch[] = [];
  const last = upTo > begun ? undefined : await batchNumbered(log, prefix, partition, upTo);
  if (upTo > begun)
    for await (const { recorded } of recordedOrder(log, prefix, partition, begun))
      if (recorded.number <= upTo) meanwhile.push(recorded);
  const reached = meanwhile.at(-1) ?? last;
  if (reached?.number !== upTo)
    throw new Error(
      `partition ${partition}: a document stands at batch ${upTo}, the order topic ends with ${reached?.number ?? begun}. ` +
        'That batch is in doubt; an engine settles it as soon as one runs. Then take the snapshot again.',
    );
  const { to: offsets, group, definition, rules } = reached;
  const watermark = new Date(reached.watermark).toISOString();
  const about = { batch: upTo, watermark, offsets, group, definition, rules };
  if (meanwhile.length === 0) return { ...entry, sha256: file.sha256, customers: file.customers, ...about };
  const whole = await PartitionFile.create(folder, partition, '.forward');
  try {
    for await (const document of broughtForward(file.path, partition, meanwhile, request))
      await whole.write(document);
  } finally {
    await whole.close();
  }
  await rename(whole.path, file.path);
  return { ...entry, sha256: whole.sha256, customers: whole.customers, ...about };
}

async function batchNumbered(log: EventLog, prefix: string, partition: number, number: number) {
  for await (const { recorded } of recordedOrder(log, prefix, partition, number - 1)) return recorded;
  return undefined;
}

const longestLine = 16_000_000;

async function* documentsIn(path: string, partition: number): AsyncGenerator<CustomerDocument> {
  for await (const { bytes } of linesOf(bytesOf(path), longestLine)) {
    const { id, batch, state } = JSON.parse(String(bytes)) as SnapshotLine;
    yield { id, partition, batch, state: state as CustomerDocument['state'], outputs: [] };
  }
}

/** The documents of a file, and those of customers who are not in it yet, as of the last of these batches. */
async function* broughtForward(
  path: string,
  partition: number,
  batches: readonly RecordedBatch[],
  { log, prefix, partitions, lifecycleOf }: SnapshotRequest,
): AsyncGenerator<CustomerDocument> {
  const inputs = await RecordedInputs.open(
    log,
    prefix,
    partition,
    inputTopics.map((topic) => topicName(prefix, topic)),
  );
  const slices = [];
  for (const recorded of batches) slices.push({ recorded, records: await inputs.of(recorded) });
  const touched = new Set(slices.flatMap(({ records }) => customersOf(records)));
  const known = new Map<string, CustomerDocument>();
  for await (const document of documentsIn(path, partition))
    if (touched.has(document.id)) known.set(document.id, document);
  for (const { recorded, records } of slices) {
    const lifecycle = await lifecycleOf(partition, recorded.definition);
    const behind = records.filter(
      ({ decoded }) => !decoded.ok || (known.get(decoded.event.subject)?.batch ?? 0) < recorded.number,
    );
    const context = { lifecycle, group: recorded.group, partition, partitions, prefix };
    for (const document of foldBatch(behind, known, recorded, context).documents)
      known.set(document.id, { ...document, outputs: [] });
  }
  for await (const document of documentsIn(path, partition)) if (!known.has(document.id)) yield document;
  yield* known.values();
}
