import fc from 'fast-check';
import { Readable } from 'node:stream';
import { linesOf, type Line } from './lines.js';

async function lines(chunks: readonly Buffer[], limit = 100): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks), limit)) found.push(line);
  return found;
}
const texts = (found: readonly Line[]) => found.map(({ bytes }) => bytes?.toString());

describe('lines of a byte stream', () => {
  it('are the same however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replace(/[\r\n\uFEFF]/g, ''))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (wanted, cuts) => {
          const whole = Buffer.from(wanted.map((line) => `${line}\n`).join(''));
          const chunks: Buffer[] = [];
          for (let at = 0, i = 0; at < whole.length; i++) {
            const size = cuts[i % cuts.length] ?? 1;
            chunks.push(whole.subarray(at, at + size));
            at += size;
          }
          expect(texts(await lines(chunks))).toEqual(wanted);
        },
      ),
    );
  });

  it('need no newline at the end, and lose a carriage return and a byte order mark', async () => {
    expect(texts(await lines([Buffer.from('\uFEFFa\r\nb')]))).toEqual(['a', 'b']);
  });

  it('that are too long are named by number and not held', async () => {
    const found = await lines([
      Buffer.from('ok\n'),
      Buffer.from('x'.repeat(80)),
      Buffer.from('x'.repeat(80)),
      Buffer.from('\nlast'),
    ]);
    expect(found.map(({ number, bytes }) => [number, bytes?.toString()])).toEqual([
      [1, 'ok'],
      [2, undefined],
      [3, 'last'],
    ]);
  });
});
