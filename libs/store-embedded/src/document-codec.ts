import type { CustomerDocument, DueTimer } from '#pipeline';
import { PartReader, readOutputs, writeOutputs, writePart } from './output-codec.js';
import { Scratch } from './scratch.js';

/** What a write must know of the stored document, without parsing it. */
export interface DocumentHead {
  readonly batch: number;
  readonly partition: number;
  /** The next timer's due time, ms; absent without a timer. */
  readonly due?: number;
}

const headSize = 24;
const scratch = new Scratch();

/**
 * Batch, partition and due time (NaN for none) as doubles, then the state's length and the state as JSON, then the id and
 * the outputs, each part with its length in front. The outputs are JSON already: as JSON within JSON they would be
 * escaped, which takes longer than all the rest. The bytes are good until the next call.
 */
export function encodeDocument(
  { id, batch, partition, state, outputs }: CustomerDocument,
  due?: number,
): Buffer {
  writeHead(batch, partition, due);
  scratch.sized(JSON.stringify(state));
  writePart(scratch, id);
  writeOutputs(scratch, outputs);
  return scratch.bytes;
}

/** What `decodeHead` reads, by itself. */
export function encodeHead({ batch, partition }: CustomerDocument, due?: number): Buffer {
  writeHead(batch, partition, due);
  return scratch.bytes;
}

function writeHead(batch: number, partition: number, due = NaN): void {
  scratch.clear();
  scratch.double(batch);
  scratch.double(partition);
  scratch.double(due);
}

export function decodeHead(bytes: Buffer): DocumentHead {
  const due = bytes.readDoubleBE(16);
  const head = { batch: bytes.readDoubleBE(0), partition: bytes.readDoubleBE(8) };
  return Number.isNaN(due) ? head : { ...head, due };
}

/** With its outputs where it was written by the batch `outputsOf`, or none is named. */
export function decodeDocument(bytes: Buffer, outputsOf?: number): CustomerDocument {
  const stateAt = headSize + 4;
  const stateEnd = stateAt + bytes.readUInt32BE(headSize);
  const state = JSON.parse(bytes.toString('utf8', stateAt, stateEnd)) as CustomerDocument['state'];
  const reader = new PartReader(bytes, stateEnd);
  const { batch, partition } = decodeHead(bytes);
  const id = String(reader.part());
  const outputs = outputsOf === undefined || outputsOf === batch ? readOutputs(reader) : [];
  return { id, partition, batch, state, outputs };
}

/** The earliest timer; of several at once the first. */
export function nextTimer({ id, state }: CustomerDocument): DueTimer | undefined {
  const [first, ...others] = state.timers;
  if (!first) return undefined;
  const { name, due } = others.reduce((least, timer) => (timer.due < least.due ? timer : least), first);
  return { customer: id, name, due };
}
