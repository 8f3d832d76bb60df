import { homePartition } from '#contracts';
import { LogError, type OutboundRecord } from '#pipeline';
import { chunksOf, type Chunk } from './chunks.js';

const counts = new Map([
  ['a', 8],
  ['b', 8],
]);
const record = (topic: string, bytes: number, value = 'x'): OutboundRecord => ({
  topic,
  partition: 0,
  key: null,
  value: value.repeat(bytes),
});
const sizes = (chunk: Chunk | undefined) =>
  [...(chunk ?? [])].map(([topic, batches]) => [
    topic,
    [...batches].map(([partition, { length }]) => [partition, length]),
  ]);
const lengths = (records: readonly OutboundRecord[]) =>
  chunksOf(records, counts).map((chunk) => chunk.get('a')?.get(0)?.length);

describe('chunks of records', () => {
  it('are none without records', () => {
    expect(chunksOf([], counts)).toEqual([]);
  });

  it('group by topic and partition', () => {
    const moved = { ...record('a', 1), partition: 3 };
    const [chunk, ...rest] = chunksOf([record('a', 1), record('b', 1), moved, record('a', 1)], counts);
    expect(rest).toEqual([]);
    expect(sizes(chunk)).toEqual([
      [
        'a',
        [
          [0, 2],
          [3, 1],
        ],
      ],
      ['b', [[0, 1]]],
    ]);
  });

  it('find the home of a key, and give records without one to each partition in turn', () => {
    const free = Array.from({ length: 8 }, (): OutboundRecord => ({ topic: 'b', key: null, value: 'x' }));
    const [chunk] = chunksOf([{ topic: 'a', key: 'ann', value: 'x' }, ...free], counts);
    expect([...(chunk?.get('a')?.keys() ?? [])]).toEqual([homePartition('ann', 8)]);
    expect(chunk?.get('b')?.size).toBe(8);
  });

  it('stay under a megabyte of UTF-8, and each record fits whole', () => {
    const records = Array.from({ length: 9 }, () => record('a', 150_000, 'ü'));
    expect(lengths(records)).toEqual([2, 2, 2, 2, 1]);
  });

  it('count headers and keys', () => {
    const large = { ...record('a', 300_000), key: 'k'.repeat(300_000), headers: { h: 'h'.repeat(300_000) } };
    expect(lengths([large, large])).toHaveLength(2);
  });

  it('give a record near the limit a chunk of its own', () => {
    expect(lengths([record('a', 10), record('a', 1_000_000), record('a', 10)])).toHaveLength(3);
  });

  it('refuse a record that no broker would take, and a partition that its topic does not have', () => {
    expect(() => chunksOf([record('a', 10), record('a', 1_048_577)], counts)).toThrow(LogError);
    expect(() => chunksOf([{ ...record('a', 10), partition: 8 }], counts)).toThrow(/has no partition 8/);
  });
});
