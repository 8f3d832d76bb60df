import { LogError, type OutboundRecord } from '#pipeline';
import { chunksOf } from './chunks.js';

const record = (topic: string, bytes: number, value = 'x'): OutboundRecord => ({
  topic,
  partition: 0,
  key: null,
  value: value.repeat(bytes),
});

describe('chunks of records', () => {
  it('are none without records', () => {
    expect(chunksOf([])).toEqual([]);
  });

  it('group by topic and keep the order', () => {
    const [chunk, ...rest] = chunksOf([record('a', 1, '1'), record('b', 1, '2'), record('a', 1, '3')]);
    expect(rest).toEqual([]);
    expect(chunk).toEqual([
      {
        topic: 'a',
        messages: [expect.objectContaining({ value: '1' }), expect.objectContaining({ value: '3' })],
      },
      { topic: 'b', messages: [expect.objectContaining({ value: '2' })] },
    ]);
  });

  it('stay under a megabyte of UTF-8, and each record fits whole', () => {
    const records = Array.from({ length: 9 }, () => record('a', 150_000, 'ü'));
    const chunks = chunksOf(records);
    expect(chunks.map((chunk) => chunk.flatMap(({ messages }) => messages).length)).toEqual([2, 2, 2, 2, 1]);
  });

  it('count headers and keys', () => {
    const large = { ...record('a', 300_000), key: 'k'.repeat(300_000), headers: { h: 'h'.repeat(300_000) } };
    expect(chunksOf([large, large])).toHaveLength(2);
  });

  it('give a record near the limit a chunk of its own', () => {
    expect(chunksOf([record('a', 10), record('a', 1_000_000), record('a', 10)])).toHaveLength(3);
  });

  it('refuse a record that no broker would take', () => {
    expect(() => chunksOf([record('a', 10), record('a', 1_048_577)])).toThrow(LogError);
  });
});
