import type { OutboundRecord } from '#pipeline';
import type { Scratch } from './scratch.js';

type Part = string | Buffer | null;

/** A kind and a length stand in front of each part. */
const partHead = 5;
const absent = 0;
const text = 1;
const binary = 2;

export function writePart(scratch: Scratch, part: Part): void {
  scratch.byte(part === null ? absent : typeof part === 'string' ? text : binary);
  scratch.sized(part ?? '');
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
export function writeOutputs(scratch: Scratch, outputs: readonly OutboundRecord[]): void {
  for (const { topic, partition = -1, key, value, headers } of outputs) {
    const names = headers && Object.keys(headers);
    scratch.int32(partition);
    scratch.int32(names?.length ?? -1);
    writePart(scratch, topic);
    writePart(scratch, key);
    writePart(scratch, value);
    for (const name of names ?? []) {
      writePart(scratch, name);
      writePart(scratch, headers?.[name] ?? null);
    }
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
