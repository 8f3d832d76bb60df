import type { LogRecord } from '#pipeline';

/** A record's bytes, as they are kept. */
export interface RecordBytes {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [string, Buffer])[];
}

const headSize = 12;

/**
 * Records that were appended together, stored as one value: arrival time (8 bytes) and count (4), then for each record
 * the lengths of key and value (4 each, -1 for null), the number of headers (2), and key, value and headers.
 */
export function encodeChunk(records: readonly RecordBytes[], timestamp: number): Buffer {
  const bytes = Buffer.allocUnsafe(headSize + records.reduce((sum, record) => sum + sizeOf(record), 0));
  bytes.writeDoubleBE(timestamp, 0);
  bytes.writeUInt32BE(records.length, 8);
  let at = headSize;
  const copy = (part: Buffer | null): void => {
    if (part) at += part.copy(bytes, at);
  };
  for (const { key, value, headers } of records) {
    at = bytes.writeInt32BE(key?.length ?? -1, at);
    at = bytes.writeInt32BE(value?.length ?? -1, at);
    at = bytes.writeUInt16BE(headers.length, at);
    copy(key);
    copy(value);
    for (const [name, content] of headers) {
      const text = Buffer.from(name);
      at = bytes.writeUInt32BE(text.length, at);
      at = bytes.writeUInt32BE(content.length, at);
      copy(text);
      copy(content);
    }
  }
  return bytes;
}

/** Bytes that a record takes in a chunk. */
export function sizeOf({ key, value, headers }: RecordBytes): number {
  let size = 10 + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, content] of headers) size += 8 + Buffer.byteLength(name) + content.length;
  return size;
}

export const countOf = (chunk: Buffer): number => chunk.readUInt32BE(8);

/** The chunk's records `from ≤ offset < to`; `first` is the offset of its first record. Their buffers share the chunk's memory. */
export function decodeChunk(
  chunk: Buffer,
  place: { readonly topic: string; readonly partition: number; readonly first: number },
  from: number,
  to: number,
): LogRecord[] {
  const { topic, partition, first } = place;
  const timestamp = chunk.readDoubleBE(0);
  const end = Math.min(first + countOf(chunk), to);
  const records: LogRecord[] = [];
  let at = headSize;
  const take = (length: number): Buffer => chunk.subarray(at, (at += length));
  for (let offset = first; offset < end; offset++) {
    const [keyLength, valueLength] = [chunk.readInt32BE(at), chunk.readInt32BE(at + 4)];
    const headerCount = chunk.readUInt16BE(at + 8);
    at += 10;
    const key = keyLength < 0 ? null : take(keyLength);
    const value = valueLength < 0 ? null : take(valueLength);
    const headers: Record<string, Buffer> = {};
    for (let n = 0; n < headerCount; n++) {
      const [nameLength, length] = [chunk.readUInt32BE(at), chunk.readUInt32BE(at + 4)];
      at += 8;
      const name = take(nameLength).toString();
      headers[name] = take(length);
    }
    if (offset >= from) records.push({ topic, partition, offset, timestamp, key, value, headers });
  }
  return records;
}
