import type { SourceRecord } from './records.js';

const M = 0x5bd1e995;
const mix = (word: number): number => {
  const product = Math.imul(word, M);
  return Math.imul(product ^ (product >>> 24), M);
};

/** Murmur2 with the seed of Kafka's Java client (`Utils.murmur2`), as a signed 32-bit number. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  const byte = (at: number): number => bytes[at] ?? 0;
  const tail = length & ~3;
  let hash = 0x9747b28c ^ length;
  for (let at = 0; at < tail; at += 4) {
    const word = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    hash = Math.imul(hash, M) ^ mix(word);
  }
  if (length > tail) {
    // Bytes past the end read as 0 and leave the hash as it is.
    hash ^= byte(tail) | (byte(tail + 1) << 8) | (byte(tail + 2) << 16);
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** A customer's partition: where Kafka's Java client and kafkajs put a record with this key by default. */
export const homePartition = (subject: string | Uint8Array, partitions: number): number =>
  (murmur2(typeof subject === 'string' ? Buffer.from(subject) : subject) & 0x7fffffff) % partitions;

/**
 * Where a record stands. It is folded only at home: its key is its subject, and it lies in the subject's partition.
 * `partition` is the home partition in either case.
 */
export type Placement =
  | { readonly home: true; readonly partition: number }
  | {
      readonly home: false;
      readonly partition: number;
      readonly reason: 'foreignKey' | 'foreignPartition';
    };

/** Whether a record about customer `subject` stands where it is to be folded. */
export function placement(
  record: Pick<SourceRecord, 'key' | 'partition'>,
  subject: string,
  partitions: number,
): Placement {
  const bytes = Buffer.from(subject);
  const partition = (murmur2(bytes) & 0x7fffffff) % partitions;
  if (!record.key?.equals(bytes)) return { home: false, partition, reason: 'foreignKey' };
  return partition === record.partition
    ? { home: true, partition }
    : { home: false, partition, reason: 'foreignPartition' };
}
