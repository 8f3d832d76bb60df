import type { CustomerDocument, DueTimer, OutboundRecord } from '#pipeline';

/** What a write must know of the stored document, without parsing it. */
export interface DocumentHead {
  readonly batch: number;
  readonly partition: number;
  /** The next timer's due time, ms; absent without a timer. */
  readonly due?: number;
}

const headSize = 24;

/** Batch, partition and due time (NaN for none) as doubles, then the document as JSON. */
export function encodeDocument(document: CustomerDocument): Buffer {
  const text = JSON.stringify({ ...document, outputs: document.outputs.map(packOutput) });
  const bytes = Buffer.allocUnsafe(headSize + Buffer.byteLength(text));
  bytes.writeDoubleBE(document.batch, 0);
  bytes.writeDoubleBE(document.partition, 8);
  bytes.writeDoubleBE(nextTimer(document)?.due ?? NaN, 16);
  bytes.write(text, headSize);
  return bytes;
}

export function decodeHead(bytes: Buffer): DocumentHead {
  const due = bytes.readDoubleBE(16);
  const head = { batch: bytes.readDoubleBE(0), partition: bytes.readDoubleBE(8) };
  return Number.isNaN(due) ? head : { ...head, due };
}

export function decodeDocument(bytes: Buffer): CustomerDocument {
  const document = JSON.parse(bytes.toString('utf8', headSize)) as CustomerDocument & {
    readonly outputs: readonly PackedOutput[];
  };
  return { ...document, outputs: document.outputs.map(unpackOutput) };
}

/** The earliest timer; of several at once the first. */
export function nextTimer({ id, state }: CustomerDocument): DueTimer | undefined {
  const [first, ...others] = state.timers;
  if (!first) return undefined;
  const { name, due } = others.reduce((least, timer) => (timer.due < least.due ? timer : least), first);
  return { customer: id, name, due };
}

type Packed = string | { readonly base64: string };
type PackedOutput = Omit<OutboundRecord, 'key' | 'value' | 'headers'> & {
  readonly key: Packed | null;
  readonly value: Packed | null;
  readonly headers?: Readonly<Record<string, Packed>>;
};

const pack = (part: string | Buffer): Packed =>
  typeof part === 'string' ? part : { base64: part.toString('base64') };
const unpack = (part: Packed): string | Buffer =>
  typeof part === 'string' ? part : Buffer.from(part.base64, 'base64');

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function packOutput({ key, value, headers, ...rest }: OutboundRecord): PackedOutput {
  const parts = { key: key === null ? null : pack(key), value: value === null ? null : pack(value) };
  return { ...rest, ...parts, ...(headers ? { headers: mapValues(headers, pack) } : {}) };
}

function unpackOutput({ key, value, headers, ...rest }: PackedOutput): OutboundRecord {
  const parts = { key: key === null ? null : unpack(key), value: value === null ? null : unpack(value) };
  return { ...rest, ...parts, ...(headers ? { headers: mapValues(headers, unpack) } : {}) };
}
