import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { Failure } from './failure.js';

/** One line of a byte stream, without its end; `number` counts from 1. `bytes` is absent when the line was longer than allowed. */
export interface Line {
  readonly number: number;
  readonly bytes?: Buffer;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Cuts a stream into lines and holds at most one line of `limit` bytes at a time. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  const finish = (): Line => {
    number += 1;
    const [first, ...more] = held;
    const line = first !== undefined && more.length === 0 ? first : Buffer.concat(held);
    const whole = size > limit ? undefined : trimmed(line, number === 1);
    held = [];
    size = 0;
    return whole === undefined ? { number } : { number, bytes: whole };
  };
  const hold = (part: Buffer) => {
    size += part.length;
    if (size <= limit) held.push(part);
    else held = [];
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      hold(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) hold(chunk.subarray(start));
  }
  if (size > 0) yield finish();
}

function trimmed(line: Buffer, first: boolean): Buffer {
  const start = first && line.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  return line.subarray(start, line.at(-1) === carriageReturn ? -1 : line.length);
}

/** A file's bytes, unpacked when its name ends in `.gz`. @throws Failure naming the file. */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const stream = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new Failure(`${path}: not a whole gzip file (${(error as Error).message})`);
    throw error;
  }
}
