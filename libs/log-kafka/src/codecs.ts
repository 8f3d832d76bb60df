import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';

// Node finds no names of a CommonJS module that are set as these are.
const { CompressionCodecs, CompressionTypes } = kafkajs;
const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];

/** Lets kafkajs read what producers compressed with zstd; it brings gzip alone. */
export function useCodecs(): void {
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compress(buffer),
    decompress: (buffer: Buffer) => decompress(buffer),
  });
}
