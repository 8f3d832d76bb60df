import type { OutboundRecord } from '#pipeline';

type Part = string | Buffer | null;

/** A kind and a length stand in front of each part. */
const partHead = 5;
const absent = 0;
const text = 1;
const binary = 2;

const lengthOf = (part: Part): number =>
  part === null ? 0 : typeof part === 'string' ? Buffer.byteLength(part) : part.length;
export const partSize = (part: Part): number => partHead + lengthOf(part);

/** Returns where it ends. */
export function writePart(bytes: Buffer, at: number, part: Part): number {
  const from = at + partHead;
  const length =
    part === null ? 0 : typeof part === 'string' ? bytes.write(part, from) : part.copy(bytes, from);
  bytes[at] = part === null ? absent : typeof part === 'string' ? text : binary;
  bytes.writeUInt32BE(length, at + 1);
  return from + length;
}

/** Reads parts one after another. */
export class PartReader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  number(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  part(): Part {
    const from = this.at + partHead;
    const kind = this.bytes[this.at];
    const end = from + this.bytes.readUInt32BE(this.at + 1);
    this.at = end;
    if (kind === absent) return null;
    return kind === text
      ? this.bytes.toString('utf8', from, end)
      : Buffer.from(this.bytes.subarray(from, end));
  }
}

/** Partition (-1 for none), number of headers (-1 for none), topic, key, value, then each header's name and value. */
const fixed = 8;

export function outputsSize(outputs: readonly OutboundRecord[]): number {
  let size = 0;
  for (const { topic, key, value, headers } of outputs) {
    size += fixed + partSize(topic) + partSize(key) + partSize(value);
    for (const name in headers) size += partSize(name) + partSize(headers[name] ?? null);
  }
  return size;
}

export function writeOutputs(bytes: Buffer, from: number, outputs: readonly OutboundRecord[]): void {
  let at = from;
  for (const { topic, partition = -1, key, value, headers } of outputs) {
    const names = headers && Object.keys(headers);
    bytes.writeInt32BE(partition, at);
    bytes.writeInt32BE(names?.length ?? -1, at + 4);
    at += fixed;
    for (const part of [topic, key, value]) at = writePart(bytes, at, part);
    for (const name of names ?? [])
      at = writePart(bytes, writePart(bytes, at, name), headers?.[name] ?? null);
  }
}

export function readOutputs(reader: PartReader): OutboundRecord[] {
  const outputs: OutboundRecord[] = [];
  while (!reader.atEnd) {
    const [partition, headerCount] = [reader.number(), reader.number()];
    const topic = String(reader.part());
    const [key, value] = [reader.part(), reader.part()];
    const headers: [string, string | Buffer][] = [];
    for (let n = 0; n < headerCount; n++) headers.push([String(reader.part()), reader.part() ?? '']);
    outputs.push({
      topic,
      ...(partition >= 0 && { partition }),
      key,
      value,
      ...(headerCount >= 0 && { headers: Object.fromEntries(headers) }),
    });
  }
  return outputs;
}
