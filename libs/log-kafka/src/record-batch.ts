import type { OutboundRecord } from '#pipeline';
import { crc32c } from './crc32c.js';

/** Offset, length and leader's epoch, magic, checksum; then what the checksum covers. */
const checksumAt = 17;
const attributesAt = 21;
const headerBytes = 61;
const transactional = 16;

/** Who produces a batch: what kafkajs knows only when it sends. */
export interface BatchProducer {
  readonly producerId: number | string;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  readonly transactional: boolean;
}

/**
 * Records of one topic partition as a record batch (magic 2, not compressed) in one buffer. Source: Kafka's protocol
 * guide, "Record Batch". kafkajs makes several buffers for each record, which costs more than folding its event.
 */
export class RecordBatch {
  /** Records in it: sequence numbers are counted by it. */
  length = 0;
  #bytes: Buffer;
  #end = headerBytes;

  /** `room`: bytes to begin with. */
  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(headerBytes + room);
  }

  add({ key, value, headers }: OutboundRecord): void {
    const keyBytes = sizeOf(key);
    const valueBytes = sizeOf(value);
    const packed = packHeaders(headers);
    const delta = this.length++;
    // Attributes and the difference of timestamps are a zero byte each.
    const body = 2 + varintBytes(delta) + spanBytes(keyBytes) + spanBytes(valueBytes) + packed.length;
    this.#reserve(body + 5);
    this.#varint(body);
    this.#bytes[this.#end++] = 0;
    this.#bytes[this.#end++] = 0;
    this.#varint(delta);
    this.#span(key, keyBytes);
    this.#span(value, valueBytes);
    this.#end += packed.copy(this.#bytes, this.#end);
  }

  /** The bytes as they are sent. They are good until the next call. */
  encode(producer: BatchProducer, now: number): Buffer {
    const bytes = this.#bytes.subarray(0, this.#end);
    bytes.writeBigInt64BE(0n, 0);
    bytes.writeInt32BE(this.#end - 12, 8);
    bytes.writeInt32BE(0, 12);
    bytes.writeInt8(2, 16);
    bytes.writeInt16BE(producer.transactional ? transactional : 0, attributesAt);
    bytes.writeInt32BE(this.length - 1, 23);
    bytes.writeBigInt64BE(BigInt(now), 27);
    bytes.writeBigInt64BE(BigInt(now), 35);
    bytes.writeBigInt64BE(BigInt(producer.producerId), 43);
    bytes.writeInt16BE(producer.producerEpoch, 51);
    bytes.writeInt32BE(producer.firstSequence, 53);
    bytes.writeInt32BE(this.length, 57);
    bytes.writeUInt32BE(crc32c(bytes, attributesAt, this.#end), checksumAt);
    return bytes;
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }

  #span(part: string | Buffer | null, bytes: number): void {
    this.#varint(bytes);
    if (typeof part === 'string') this.#end += this.#bytes.write(part, this.#end);
    else if (part) this.#end += part.copy(this.#bytes, this.#end);
  }

  #varint(value: number): void {
    this.#end = writeVarint(this.#bytes, this.#end, value);
  }
}

/** -1 for what is absent. */
export const sizeOf = (part: string | Buffer | null): number =>
  part === null ? -1 : typeof part === 'string' ? Buffer.byteLength(part) : part.length;

const none = Buffer.from([0]);
let lastPacked: { readonly headers: NonNullable<OutboundRecord['headers']>; readonly bytes: Buffer } = {
  headers: {},
  bytes: none,
};

/** Their count, names and values. Most records share one object of headers, which is packed once. */
export function packHeaders(headers: OutboundRecord['headers']): Buffer {
  if (!headers) return none;
  if (lastPacked.headers === headers) return lastPacked.bytes;
  const entries = Object.entries(headers);
  const parts = [varintOf(entries.length)];
  for (const part of entries.flat()) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    parts.push(varintOf(bytes.length), bytes);
  }
  const bytes = Buffer.concat(parts);
  if (Object.isFrozen(headers)) lastPacked = { headers, bytes };
  return bytes;
}

const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;
const spanBytes = (bytes: number): number => varintBytes(bytes) + Math.max(0, bytes);

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value); rest > 0x7f; rest >>>= 7) bytes++;
  return bytes;
}

function writeVarint(bytes: Buffer, at: number, value: number): number {
  let rest = zigzag(value);
  for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at++] = rest;
  return at;
}

function varintOf(value: number): Buffer {
  const bytes = Buffer.alloc(varintBytes(value));
  writeVarint(bytes, 0, value);
  return bytes;
}
