import { Output } from './output.js';

/** snappy-java's stream begins with this, then two version numbers; other clients write one bare block. */
const streamHead = Buffer.from('\x82SNAPPY\0', 'latin1');
const streamHeadBytes = 16;

/**
 * Snappy as Kafka's clients write it.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 * @throws RangeError where the bytes are damaged.
 */
export function decompressSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, streamHead.length).equals(streamHead)) return block(bytes);
  const blocks: Buffer[] = [];
  for (let at = streamHeadBytes; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0 || at + length > bytes.length) throw new RangeError('compressed bytes end too early');
    blocks.push(block(bytes.subarray(at, at + length)));
    at += length;
  }
  return Buffer.concat(blocks);
}

function block(bytes: Buffer): Buffer {
  let at = 0;
  let size = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(at++);
    size += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  const output = new Output(size);
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++);
    const upper = tag >> 2;
    switch (tag & 3) {
      case 0: {
        const extra = Math.max(0, upper - 59);
        const length = 1 + (extra === 0 ? upper : bytes.readUIntLE(at, extra));
        output.literal(bytes, at + extra, length);
        at += extra + length;
        break;
      }
      case 1:
        output.repeat(((tag >> 5) << 8) | bytes.readUInt8(at), (upper & 7) + 4);
        at += 1;
        break;
      case 2:
        output.repeat(bytes.readUInt16LE(at), upper + 1);
        at += 2;
        break;
      default:
        output.repeat(bytes.readUInt32LE(at), upper + 1);
        at += 4;
    }
  }
  return output.bytes;
}
