import type { LogRecord } from './event-log.port.js';
import { lastReadOf, requireSameTopics, type Standing } from './last-read.js';
import type { Located } from './topic-buffer.js';

const recordOf = (
  topic: string,
  offset: number,
  value: string | null,
  key: string | null = 'c',
): LogRecord => ({
  ...{ topic, partition: 0, offset, timestamp: 1, headers: {} },
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
});
const located = (record: LogRecord) => ({ record }) as Located;
const batch = [recordOf('visits', 3, 'v3'), recordOf('orders', 8, 'o8'), recordOf('orders', 7, 'o7')];
const lastRead = lastReadOf(batch.map(located), []);

/** A log that holds these records; `start` and `end` of its topics. */
const standing = (held: readonly LogRecord[], start = 0, end = 10): Standing => ({
  log: {
    read: async function* (topic, _partition, from, to) {
      const found = held.filter((it) => it.topic === topic && it.offset >= from && it.offset < to);
      if (found.length > 0) yield found;
    },
  },
  partition: 0,
  group: 'g',
  committed: { orders: 9, visits: 4 },
  range: { orders: { start, end }, visits: { start, end } },
});
const refusal = /read orders:8, where another record stands now.*group "g" stands at orders:9/;

describe('the last record that was read of each topic', () => {
  it('is the one furthest on, in whatever order a batch was folded, and stays where a batch has none of its topic', () => {
    const at = (read: typeof lastRead) => read.map(({ topic, offset }) => `${topic} ${offset}`).sort();
    expect(at(lastRead)).toEqual(['orders 8', 'visits 3']);
    const next = lastReadOf([located(recordOf('visits', 4, 'v4'))], lastRead);
    expect(at(next)).toEqual(['orders 8', 'visits 4']);
    expect(next).toContainEqual(lastRead.find(({ topic }) => topic === 'orders'));
    expect(lastReadOf([], next)).toEqual(next);
  });

  it('lets a task go on where it still stands in the log, also in a copy of it with other times and headers', async () => {
    const copied = batch.map((it) => ({ ...it, timestamp: 99, headers: { copied: Buffer.from('yes') } }));
    for (const held of [batch, copied])
      await expect(requireSameTopics(lastRead, standing(held))).resolves.toBeUndefined();
  });

  it.each<[string, readonly LogRecord[]]>([
    ['another value', [batch[0]!, recordOf('orders', 8, 'o9')]],
    ['another key', [batch[0]!, recordOf('orders', 8, 'o8', 'd')]],
    ['nothing', [batch[0]!]],
  ])('stops the task where %s stands in its place, naming both positions', async (_, held) => {
    await expect(requireSameTopics(lastRead, standing(held))).rejects.toMatchObject({
      reason: 'expired',
      message: expect.stringMatching(refusal) as string,
    });
  });

  it('says nothing where retention has taken it, or where the log ends before', async () => {
    await expect(requireSameTopics(lastRead, standing([], 9, 20))).resolves.toBeUndefined();
    await expect(requireSameTopics(lastRead, standing([], 0, 3))).resolves.toBeUndefined();
  });

  it('may have neither key nor value', async () => {
    const empty = [recordOf('orders', 8, null, null)];
    const read = lastReadOf(empty.map(located), []);
    await expect(requireSameTopics(read, standing(empty))).resolves.toBeUndefined();
    await expect(requireSameTopics(read, standing([recordOf('orders', 8, 'x')]))).rejects.toThrow();
  });
});
