import fc from 'fast-check';
import { decompressLz4 } from './lz4.js';
import { decompressSnappy } from './snappy.js';

describe('decompressing', () => {
  it('snappy gives back a bare block, literals and repetitions that reach into themselves', () => {
    // 25 bytes: literal `abc`, copy of 21 from 3 back, literal `!`.
    const block = Buffer.from([25, 2 << 2, 97, 98, 99, ((21 - 1) << 2) | 2, 3, 0, 0 << 2, 33]);
    expect(decompressSnappy(block).toString()).toBe(`${'abc'.repeat(8)}!`);
  });

  it('lz4 gives back a frame of a compressed and a plain block, which refers to the one before', () => {
    const first = [0x3f, 97, 98, 99, 3, 0, 2, 0x10, 33];
    const second = [0x15, 63, 26, 0, 0x10, 33];
    const size = (n: number, plain = 0) => [n, 0, 0, plain];
    const frame = Buffer.from([
      ...[0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0],
      ...[...size(first.length), ...first],
      ...[...size(second.length), ...second],
      ...[...size(3, 0x80), 120, 121, 122],
      ...size(0),
    ]);
    const all = `${'abc'.repeat(8)}!`;
    expect(decompressLz4(frame).toString()).toBe(`${all}?${all.slice(0, 9)}!xyz`);
  });

  it.each([
    ['snappy', decompressSnappy, Buffer.from([40])],
    ['lz4', decompressLz4, Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0])],
  ] as const)('%s of whatever bytes ends, or refuses them with a RangeError', (_, decompress, head) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decompress(Buffer.concat([head, bytes]));
        } catch (error) {
          expect((error as Error).name).toBe('RangeError');
        }
      }),
    );
  });
});
