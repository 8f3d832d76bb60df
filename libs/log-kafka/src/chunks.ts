import { homePartition } from '#contracts';
import { LogError, type OutboundRecord } from '#pipeline';
import { packHeaders, RecordBatch, sizeOf } from './record-batch.js';

/** One send is one record batch per partition, and a broker takes batches of 1 MiB by default. */
const chunkBytes = 900_000;
const recordBytes = 1_048_576;
/** Lengths, offsets and timestamp around a record, and its share of the batch's head. */
const overhead = 70;
/** A batch begins with room for this much. */
const room = 32_768;

/** What one send holds: by topic and partition, a batch. */
export type Chunk = ReadonlyMap<string, ReadonlyMap<number, RecordBatch>>;

/**
 * Sends of bounded size, in the order of the records, each grouped by topic and partition and encoded.
 * @param counts how many partitions each topic has
 * @throws LogError `rejected` for a record that no broker takes, or a partition that its topic does not have
 */
export function chunksOf(
  records: readonly OutboundRecord[],
  counts: ReadonlyMap<string, number>,
): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let chunk = new Map<string, Map<number, RecordBatch>>();
  let bytes = Infinity;
  for (const record of records) {
    const size = bytesOf(record);
    if (size > recordBytes)
      throw new LogError('rejected', `a record of ${size} bytes for ${record.topic} is over ${recordBytes}`);
    if (bytes + size > chunkBytes) {
      chunk = new Map();
      bytes = 0;
      chunks.push(chunk);
    }
    bytes += size;
    batchFor(chunk, record.topic, partitionOf(record, counts)).add(record);
  }
  return chunks;
}

/** The topics that the records are for. */
export function topicsOf(records: readonly OutboundRecord[]): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const { topic } of records) topics.add(topic);
  return topics;
}

function batchFor(
  chunk: Map<string, Map<number, RecordBatch>>,
  topic: string,
  partition: number,
): RecordBatch {
  const byPartition = chunk.get(topic) ?? new Map<number, RecordBatch>();
  chunk.set(topic, byPartition);
  const batch = byPartition.get(partition) ?? new RecordBatch(room);
  byPartition.set(partition, batch);
  return batch;
}

let turn = 0;

/** Where a record goes without being told: its key's home, or without a key each partition in turn. */
function partitionOf({ topic, partition, key }: OutboundRecord, counts: ReadonlyMap<string, number>): number {
  const count = counts.get(topic) ?? 0;
  if (partition === undefined) return key === null ? turn++ % count : homePartition(key, count);
  if (partition < 0 || partition >= count)
    throw new LogError('rejected', `topic ${topic} has no partition ${partition}`);
  return partition;
}

const bytesOf = ({ key, value, headers }: OutboundRecord): number =>
  overhead + Math.max(0, sizeOf(key)) + Math.max(0, sizeOf(value)) + packHeaders(headers).length;
