import { cut } from './alignment.js';
import { TopicBuffer, type Located } from './topic-buffer.js';

const locate = (topic: string, offset: number, at: number): Located => ({
  record: { topic, partition: 0, offset, timestamp: 0, key: null, value: null, headers: {} },
  decoded: { ok: false, errorClass: 'undecodable', message: '' },
  at,
});

/** A buffer with records of these event times from offset 0, of which the topic holds `end`. */
function buffer(topic: string, times: readonly number[], end = times.length): TopicBuffer {
  const made = new TopicBuffer(topic, (r) => locate(topic, r.offset, times[r.offset] ?? 0));
  const records = times.map((at, i) => locate(topic, i, at).record);
  made.push({ topic, records, position: times.length, end }, 0);
  return made;
}
const options = { waitNoLongerFor: new Set<string>(), maxRecords: 100 };
const taken = (buffers: TopicBuffer[], more: Partial<typeof options> = {}) => {
  const decision = cut(buffers, { ...options, ...more });
  return decision.kind === 'take'
    ? { ...Object.fromEntries(decision.to), watermark: decision.watermark }
    : decision;
};

describe('the cut of a batch', () => {
  it('takes everything, and sets no limit of time, when no topic lags', () => {
    expect(taken([buffer('a', [1, 5]), buffer('b', [3])])).toEqual({ a: 2, b: 1, watermark: Infinity });
  });

  it('stops at the last buffered event time of the topic that lags', () => {
    expect(taken([buffer('a', [1, 5, 9]), buffer('b', [3, 4], 50)])).toEqual({ a: 1, b: 2, watermark: 4 });
  });

  it('takes the least of several lagging topics, and that one whole', () => {
    expect(taken([buffer('a', [1, 7], 9), buffer('b', [6, 2, 3], 9)])).toEqual({ a: 1, b: 3, watermark: 3 });
  });

  it('waits for a topic with lag and nothing buffered', () => {
    expect(taken([buffer('a', [1]), buffer('b', [], 5)])).toEqual({ kind: 'wait', topics: ['b'] });
  });

  it('waits for a topic of which the log has said nothing yet', () => {
    const unknown = new TopicBuffer('b', (r) => locate('b', r.offset, 0));
    expect(taken([buffer('a', [1]), unknown])).toEqual({ kind: 'wait', topics: ['b'] });
  });

  it('goes on without a topic that was waited for long enough', () => {
    const decision = taken([buffer('a', [1]), buffer('b', [], 5)], { waitNoLongerFor: new Set(['b']) });
    expect(decision).toMatchObject({ a: 1 });
  });

  it('is idle when nothing is buffered and nothing to come', () => {
    expect(taken([buffer('a', []), buffer('b', [])])).toEqual({ kind: 'idle' });
  });

  it('makes progress over records that have no event time', () => {
    expect(taken([buffer('a', [-Infinity, -Infinity], 9), buffer('b', [4])])).toMatchObject({ a: 2 });
  });

  it('keeps the earliest records when there are too many, and claims no more time than they cover', () => {
    expect(taken([buffer('a', [1, 5, 9]), buffer('b', [2, 6])], { maxRecords: 2 })).toEqual({
      a: 1,
      b: 1,
      watermark: 4,
    });
  });

  it('moves past control records behind the last record', () => {
    const made = buffer('a', [1]);
    made.push({ topic: 'a', records: [], position: 4, end: 4 }, 0);
    expect(taken([made])).toMatchObject({ a: 4 });
  });
});

describe('a topic buffer', () => {
  it('takes a record once, however often it is delivered', () => {
    const made = buffer('a', [1, 2]);
    made.push({ topic: 'a', records: [0, 1].map((i) => locate('a', i, 1).record), position: 2, end: 2 }, 0);
    expect(made.records.map((r) => r.record.offset)).toEqual([0, 1]);
  });

  it('decodes records when they are looked at, once, as of their arrival', () => {
    const decoded: [number, number][] = [];
    const made = new TopicBuffer('a', (r, arrived) => {
      decoded.push([r.offset, arrived]);
      return locate('a', r.offset, 1);
    });
    const records = [0, 1, 2].map((offset) => locate('a', offset, 1).record);
    made.push({ topic: 'a', records: records.slice(0, 2), position: 2, end: 3 }, 10);
    made.push({ topic: 'a', records: records.slice(1), position: 3, end: 3 }, 20);
    expect(made.length).toBe(3);
    expect(decoded).toEqual([]);
    made.drop(1);
    expect(made.records.map((r) => r.record.offset)).toEqual([1, 2]);
    made.look();
    expect(decoded).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  it('holds what is not committed', () => {
    const made = buffer('a', [1, 2, 3]);
    made.drop(2);
    expect(made.records.map((r) => r.record.offset)).toEqual([2]);
    expect(made.lagging).toBe(false);
  });
});
