import { createRequire } from 'node:module';
import fc from 'fast-check';
import { structuredHeaders } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import { chunksOf } from './chunks.js';
import { crc32c } from './crc32c.js';
import { encodeProduce } from './produce.js';

type Produce = Parameters<typeof encodeProduce>[0];
type Encode = (request: object) => { encode(): Promise<{ readonly buffer: Buffer }> };
const kafkajs = createRequire(import.meta.url)(
  'kafkajs/src/protocol/requests/produce/v7/request.js',
) as Encode;

const part = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const headers = fc.oneof(
  fc.constant(undefined),
  fc.constant(structuredHeaders),
  fc.dictionary(fc.string(), fc.string({ unit: 'binary' })),
);
const record = fc
  .record({ topic: fc.constantFrom('a', 'b'), partition: fc.nat(2), key: part, value: part, headers })
  .map(({ headers: given, ...rest }): OutboundRecord => ({ ...rest, ...(given && { headers: given }) }));
const now = 1_790_000_000_123;
const counts = new Map([
  ['a', 3],
  ['b', 3],
]);

describe('a produce request', () => {
  it('has the bytes that kafkajs makes of the same records', async () => {
    const records = fc.array(record, { minLength: 1, maxLength: 200 });
    const sender = fc.record({
      transactionalId: fc.constantFrom('g-1', null),
      producerId: fc.bigInt({ min: 0n, max: (1n << 62n) - 1n }).map(String),
      producerEpoch: fc.nat(30_000),
      firstSequence: fc.nat(2 ** 31 - 1),
    });
    await fc.assert(
      fc.asyncProperty(records, sender, async (given, { firstSequence, ...rest }) => {
        const [chunk] = chunksOf(given, counts);
        const topicData = [...chunk!].map(([topic, batches]) => ({
          topic,
          partitions: [...batches].map(([partition, messages]) => ({ partition, firstSequence, messages })),
        }));
        const plain = topicData.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((each) => ({
            ...each,
            messages: given
              .filter((it) => it.topic === topic && it.partition === each.partition)
              .map((it) => ({ ...it, timestamp: String(now) })),
          })),
        }));
        const request: Produce = { ...rest, acks: -1, timeout: 30_000, topicData };
        const { buffer } = await kafkajs({ ...request, topicData: plain }).encode();
        expect(encodeProduce(request, now).equals(buffer)).toBe(true);
        // A request that is sent again has the same bytes.
        expect(encodeProduce(request, now).equals(buffer)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('has the checksum of RFC 3720', () => {
    expect(crc32c(Buffer.from('xx123456789'), 2, 11)).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32), 0, 32)).toBe(0x8a9136aa);
  });
});
