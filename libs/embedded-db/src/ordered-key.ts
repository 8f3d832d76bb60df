import { createHash } from 'node:crypto';

const longestText = 400;
const hashBytes = 32;

/**
 * A composite key whose byte order is the order of its parts: numbers (any double but NaN) numerically, texts by their
 * UTF-8 bytes. A text of more than 400 bytes keeps its first 368 and a SHA-256 of the whole: still unique, but
 * among such texts no longer in order.
 */
export function orderedKey(...parts: readonly (number | string)[]): Buffer {
  const encoded = parts.map((part) => (typeof part === 'number' ? numberPart(part) : textPart(part)));
  return encoded.length === 1 ? (encoded[0] ?? Buffer.alloc(0)) : Buffer.concat(encoded);
}

/** The number that a key ends with. */
export function lastNumber(key: Buffer): number {
  const bytes = Buffer.from(key.subarray(key.length - 8));
  flip(bytes, (bytes[0] ?? 0) < 0x80);
  return bytes.readDoubleBE();
}

function numberPart(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  flip(bytes, value < 0);
  return bytes;
}

function flip(bytes: Buffer, negative: boolean): void {
  if (!negative) bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  else for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
}

/** NUL ends a text, so a NUL inside becomes NUL 0xFF. */
function textPart(text: string): Buffer {
  const bytes = Buffer.from(text);
  const kept = bytes.length <= longestText ? bytes : bytes.subarray(0, longestText - hashBytes);
  const escaped = kept.includes(0)
    ? Buffer.from(kept.toString('latin1').replaceAll('\0', '\0\xff'), 'latin1')
    : kept;
  const tail = kept === bytes ? [] : [Buffer.from([0, 1]), createHash('sha256').update(bytes).digest()];
  return Buffer.concat([escaped, ...tail, Buffer.from([0, 0])]);
}
