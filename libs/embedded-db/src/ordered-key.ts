import { createHash } from 'node:crypto';

const longestText = 400;
const hashBytes = 32;

/**
 * A composite key whose byte order is the order of its parts: numbers (any double but NaN) numerically, texts by their
 * UTF-8 bytes. A text of more than 400 bytes keeps its first 368 and a SHA-256 of the whole: still unique, but
 * among such texts no longer in order.
 */
export function orderedKey(...parts: readonly (number | string)[]): Buffer {
  let room = 0;
  for (const part of parts) room += typeof part === 'number' ? 8 : textRoom(part);
  const bytes = Buffer.allocUnsafe(room);
  let end = 0;
  for (const part of parts)
    end = typeof part === 'number' ? putNumber(bytes, end, part) : putText(bytes, end, part);
  return end === room ? bytes : bytes.subarray(0, end);
}

/** The number that a key ends with. */
export function lastNumber(key: Buffer): number {
  const bytes = Buffer.from(key.subarray(key.length - 8));
  flip(bytes, (bytes[0] ?? 0) < 0x80);
  return bytes.readDoubleBE();
}

function putNumber(bytes: Buffer, at: number, value: number): number {
  const end = bytes.writeDoubleBE(value === 0 ? 0 : value, at);
  flip(bytes.subarray(at, end), value < 0);
  return end;
}

function flip(bytes: Buffer, negative: boolean): void {
  if (!negative) bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  else for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
}

/** A UTF-16 unit has at most three bytes; two end the text. An unusual one has bytes of its own besides. */
const textRoom = (text: string): number =>
  3 * text.length + 2 + (isUnusual(text, 3 * text.length) ? 2 * longestText + hashBytes + 2 : 0);

const isUnusual = (text: string, bytes: number): boolean => bytes > longestText || text.includes('\0');

/** NUL ends a text, so a NUL inside becomes NUL 0xFF. */
function putText(bytes: Buffer, at: number, text: string): number {
  const end = at + bytes.write(text, at);
  if (isUnusual(text, end - at)) return at + unusual(text).copy(bytes, at);
  bytes[end] = 0;
  bytes[end + 1] = 0;
  return end + 2;
}

function unusual(text: string): Buffer {
  const bytes = Buffer.from(text);
  const kept = bytes.length <= longestText ? bytes : bytes.subarray(0, longestText - hashBytes);
  const escaped = kept.includes(0)
    ? Buffer.from(kept.toString('latin1').replaceAll('\0', '\0\xff'), 'latin1')
    : kept;
  const tail = kept === bytes ? [] : [Buffer.from([0, 1]), createHash('sha256').update(bytes).digest()];
  return Buffer.concat([escaped, ...tail, Buffer.from([0, 0])]);
}
