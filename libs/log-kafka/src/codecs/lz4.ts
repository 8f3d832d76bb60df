import { Output } from './output.js';

const magic = 0x184d2204;
const uncompressed = 0x8000_0000;

interface Block {
  readonly at: number;
  readonly length: number;
  readonly plain: boolean;
}

/**
 * One LZ4 frame, as Kafka's clients write it. Its checksums are not compared: Kafka has one of its own over the batch.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 * @throws RangeError where the bytes are damaged.
 */
export function decompressLz4(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== magic) throw new RangeError('no LZ4 frame');
  const flags = bytes.readUInt8(4);
  const blockMax = 1 << (8 + 2 * ((bytes.readUInt8(5) >> 4) & 7));
  const [hasSize, hasDictionary, blockSums] = [flags & 8, flags & 1, flags & 16];
  const blocks: Block[] = [];
  for (let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0); ;) {
    const size = bytes.readUInt32LE(at);
    if (size === 0) break;
    const length = size % uncompressed;
    blocks.push({ at: at + 4, length, plain: size >= uncompressed });
    at += 4 + length + (blockSums ? 4 : 0);
  }
  // One output for all, since a block may refer to those before it.
  const output = new Output(blocks.length * blockMax);
  for (const { at, length, plain } of blocks)
    if (plain) output.literal(bytes, at, length);
    else decompressBlock(bytes.subarray(at, at + length), output);
  return output.bytes;
}

function decompressBlock(bytes: Buffer, output: Output): void {
  let at = 0;
  /** A length of 15 goes on in the bytes that follow, as long as they are 255. */
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble === 15) for (let byte = 255; byte === 255; length += byte) byte = bytes.readUInt8(at++);
    return length;
  };
  while (at < bytes.length) {
    const token = bytes.readUInt8(at++);
    const literals = lengthFrom(token >> 4);
    output.literal(bytes, at, literals);
    at += literals;
    if (at === bytes.length) return;
    const distance = bytes.readUInt16LE(at);
    at += 2;
    output.repeat(distance, lengthFrom(token & 15) + 4);
  }
}
