import type { CustomerDocument, DueTimer } from '#pipeline';
import { outputsSize, PartReader, partSize, readOutputs, writeOutputs, writePart } from './output-codec.js';

/** What a write must know of the stored document, without parsing it. */
export interface DocumentHead {
  readonly batch: number;
  readonly partition: number;
  /** The next timer's due time, ms; absent without a timer. */
  readonly due?: number;
}

const headSize = 24;

/**
 * Batch, partition and due time (NaN for none) as doubles, then the state's length and the state as JSON, then the id and
 * the outputs, each part with its length in front. The outputs are JSON already: as JSON within JSON they would be
 * escaped, which takes longer than all the rest.
 */
export function encodeDocument(document: CustomerDocument): Buffer {
  const { id, batch, partition, state, outputs } = document;
  const text = JSON.stringify(state);
  const textBytes = Buffer.byteLength(text);
  const size = headSize + 4 + textBytes + partSize(id) + outputsSize(outputs);
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeDoubleBE(batch, 0);
  bytes.writeDoubleBE(partition, 8);
  bytes.writeDoubleBE(nextTimer(document)?.due ?? NaN, 16);
  bytes.writeUInt32BE(textBytes, headSize);
  bytes.write(text, headSize + 4);
  writeOutputs(bytes, writePart(bytes, headSize + 4 + textBytes, id), outputs);
  return bytes;
}

export function decodeHead(bytes: Buffer): DocumentHead {
  const due = bytes.readDoubleBE(16);
  const head = { batch: bytes.readDoubleBE(0), partition: bytes.readDoubleBE(8) };
  return Number.isNaN(due) ? head : { ...head, due };
}

export function decodeDocument(bytes: Buffer): CustomerDocument {
  const stateAt = headSize + 4;
  const stateEnd = stateAt + bytes.readUInt32BE(headSize);
  const state = JSON.parse(bytes.toString('utf8', stateAt, stateEnd)) as CustomerDocument['state'];
  const reader = new PartReader(bytes, stateEnd);
  const { batch, partition } = decodeHead(bytes);
  return { id: String(reader.part()), partition, batch, state, outputs: readOutputs(reader) };
}

/** The earliest timer; of several at once the first. */
export function nextTimer({ id, state }: CustomerDocument): DueTimer | undefined {
  const [first, ...others] = state.timers;
  if (!first) return undefined;
  const { name, due } = others.reduce((least, timer) => (timer.due < least.due ? timer : least), first);
  return { customer: id, name, due };
}
