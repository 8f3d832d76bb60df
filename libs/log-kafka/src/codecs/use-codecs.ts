import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { decompressLz4 } from './lz4.js';
import { decompressSnappy } from './snappy.js';

// Node finds no names of a CommonJS module that are set as these are.
const { CompressionCodecs, CompressionTypes } = kafkajs;
const decompressZstd = promisify(zstdDecompress);

/** Lets kafkajs read what producers compressed in any of Kafka's ways; it brings gzip alone. What is written here is not compressed. */
export function useCodecs(): void {
  const reading = (decompress: (bytes: Buffer) => Promise<Buffer> | Buffer) => () => ({
    compress: () => Promise.reject(new Error('Perennial compresses nothing')),
    decompress: async (bytes: Buffer) => decompress(bytes),
  });
  CompressionCodecs[CompressionTypes.ZSTD] = reading(decompressZstd);
  CompressionCodecs[CompressionTypes.LZ4] = reading(decompressLz4);
  CompressionCodecs[CompressionTypes.Snappy] = reading(decompressSnappy);
}
