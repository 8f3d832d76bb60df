import { committedRecords, type RawMessage } from './committed-records.js';

const message = (offset: number, given: Partial<RawMessage> & { producer?: string } = {}): RawMessage => ({
  offset: String(offset),
  timestamp: '1700000000000',
  key: Buffer.from('k'),
  value: Buffer.from(`v${offset}`),
  headers: {},
  isControlRecord: false,
  batchContext: { producerId: given.producer ?? '-1', inTransaction: given.producer !== undefined },
  ...given,
});
const marker = (offset: number, producer: string) => message(offset, { producer, isControlRecord: true });

const read = (
  messages: RawMessage[],
  aborted: [producerId: string, firstOffset: number][] = [],
  from = 0,
) => {
  const abortedTransactions = aborted.map(([producerId, first]) => ({
    producerId,
    firstOffset: String(first),
  }));
  const fetched = { partition: 0, lastStableOffset: '100', abortedTransactions, messages };
  const { records, position } = committedRecords('t', fetched, from);
  return { offsets: records.map(({ offset }) => offset), position };
};

describe('the committed records of a response', () => {
  it('are those from the asked offset on, although a batch begins before it', () => {
    expect(read([message(3), message(4), message(5)], [], 4)).toEqual({ offsets: [4, 5], position: 6 });
  });

  it('leave the position where it was when nothing came', () => {
    expect(read([], [], 7)).toEqual({ offsets: [], position: 7 });
  });

  it('end past a marker', () => {
    expect(read([message(0, { producer: '1' }), marker(1, '1')])).toEqual({ offsets: [0], position: 2 });
  });

  it('are without aborted ones, and with what the same producer commits next', () => {
    const messages = [
      message(0, { producer: '1' }),
      marker(1, '1'),
      message(2, { producer: '1' }),
      marker(3, '1'),
    ];
    expect(read(messages, [['1', 0]])).toEqual({ offsets: [2], position: 4 });
  });

  it('are without aborted ones of overlapping transactions, in whatever order the broker lists them', () => {
    const messages = [
      message(0, { producer: '1' }),
      message(1, { producer: '2' }),
      message(2, { producer: '3' }),
      marker(3, '2'),
      message(4, { producer: '1' }),
      marker(5, '1'),
      marker(6, '3'),
    ];
    for (const aborted of [
      [
        ['1', 0],
        ['2', 1],
      ],
      [
        ['2', 1],
        ['1', 0],
      ],
    ] as [string, number][][])
      expect(read(messages, aborted)).toEqual({ offsets: [2], position: 7 });
  });

  it('keep what a producer wrote outside of transactions', () => {
    expect(read([message(0), marker(1, '1')], [['1', 0]])).toEqual({ offsets: [0], position: 2 });
  });

  it('carry the last of repeated headers, and empty ones as empty', () => {
    const headers = { twice: [Buffer.from('a'), Buffer.from('b')], none: null };
    const fetched = {
      partition: 3,
      lastStableOffset: '1',
      abortedTransactions: null,
      messages: [message(0, { headers })],
    };
    expect(committedRecords('t', fetched, 0).records).toEqual([
      {
        topic: 't',
        partition: 3,
        offset: 0,
        timestamp: 1_700_000_000_000,
        key: Buffer.from('k'),
        value: Buffer.from('v0'),
        headers: { twice: Buffer.from('b'), none: Buffer.alloc(0) },
      },
    ]);
  });
});
