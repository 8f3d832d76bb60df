import { createHash } from 'node:crypto';
import type { EventLog } from '#pipeline';
import { consoleProduce, describeWith, freshName, kafka } from '#testing';
import { openKafkaLog } from './index.js';

/** Repetitive, random and both, up to well over the 64 KB of one block. */
const values = Array.from({ length: 60 }, (_, n) => {
  const random = createHash('sha512').update(String(n)).digest('base64url');
  return `${n} ${'again '.repeat(n * 40)}${random.repeat(1 + (n % 7))}`;
});

await describeWith({ kafka }, 'records that an upstream compressed', ({ kafka }) => {
  let log: EventLog;
  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'compressed-spec' });
  });
  afterAll(() => log.close());

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'with %s are read as they are',
    async (codec) => {
      const topic = freshName('compressed');
      await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
      await consoleProduce(kafka.address, topic, values, codec);
      const read: string[] = [];
      for await (const records of log.read(topic, 0, 0, Infinity))
        read.push(...records.map(({ value }) => String(value)));
      expect(read).toEqual(values);
    },
    60_000,
  );
});
