import { defaultMaxBytes } from '#contracts';
import { linesOf } from '../lines.js';
import type { Terminal } from '../terminal.js';
import type { Publisher } from './publisher.js';

export interface PublishReport {
  readonly published: number;
  readonly rejected: number;
  readonly seconds: number;
}

const progressEvery = 5_000;

/** Publishes a stream of CloudEvents, one in structured JSON a line. A bad line is said on stderr and left out; blank lines are skipped. */
export async function publishLines(
  chunks: AsyncIterable<Buffer>,
  publisher: Publisher,
  terminal: Terminal,
  now: () => number,
): Promise<PublishReport> {
  const started = now();
  let published = 0;
  let rejected = 0;
  for await (const { number, bytes } of linesOf(chunks, defaultMaxBytes)) {
    if (bytes !== undefined && isBlank(bytes)) continue;
    const problem =
      bytes === undefined
        ? `is longer than ${defaultMaxBytes.toLocaleString('en')} bytes`
        : await publisher.add(bytes);
    if (problem === undefined) published += 1;
    else {
      rejected += 1;
      terminal.say(`line ${number}: ${problem}`);
    }
    if (number % progressEvery === 0) terminal.progress(`${published.toLocaleString('en')} events published`);
  }
  await publisher.flush();
  return { published, rejected, seconds: Math.max(0.001, (now() - started) / 1_000) };
}

const isBlank = (bytes: Buffer) => bytes.every((byte) => byte === 0x20 || byte === 0x09);
