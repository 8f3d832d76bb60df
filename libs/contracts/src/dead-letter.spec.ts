import fc from 'fast-check';
import { deadLetter, originOf } from './dead-letter.js';
import { recordBytes, type AddressedRecord, type SourceRecord } from './records.js';

const record: SourceRecord = {
  topic: 'acme.purchase.events.v1',
  partition: 3,
  offset: 1_234,
  timestamp: 1_772_928_000_000,
  key: Buffer.from('c-1007'),
  value: Buffer.from([0x7b, 0xff, 0x00]),
  headers: { 'content-type': Buffer.from('application/cloudevents+json'), trace: Buffer.from([0xfe]) },
};
const reason = {
  group: 'perennial',
  stage: 'decode',
  errorClass: 'undecodable',
  message: 'value is not UTF-8',
  attempts: 1,
  failedAt: 1_772_928_001_250,
};

/** As a log hands it back: every header as bytes. */
const stored = ({ key, value, headers }: AddressedRecord) => ({
  key: typeof key === 'string' ? Buffer.from(key) : key,
  value,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, header]) => [
      name,
      Buffer.isBuffer(header) ? header : Buffer.from(header),
    ]),
  ),
});

describe('a dead letter', () => {
  it('keeps bytes, key and headers, and says what happened where', () => {
    expect(deadLetter(record, reason)).toEqual({
      topic: 'acme.purchase.events.v1.dlq',
      partition: 3,
      key: record.key,
      value: record.value,
      headers: {
        ...record.headers,
        'x-dlq-topic': 'acme.purchase.events.v1',
        'x-dlq-partition': '3',
        'x-dlq-offset': '1234',
        'x-dlq-timestamp': '1772928000000',
        'x-dlq-group': 'perennial',
        'x-dlq-stage': 'decode',
        'x-dlq-error-class': 'undecodable',
        'x-dlq-error-message': 'value is not UTF-8',
        'x-dlq-attempts': '1',
        'x-dlq-failed-at': '2026-03-08T00:00:01.250Z',
      },
    });
  });

  it('gives back the record and the reason', () => {
    expect(originOf(stored(deadLetter(record, reason)))).toEqual({ record, reason, whole: true });
  });

  it('gives back a tombstone without key', () => {
    const empty = { ...record, key: null, value: null, headers: {} };
    expect(originOf(stored(deadLetter(empty, reason)))).toEqual({ record: empty, reason, whole: true });
  });

  it('cuts a message to 1 KB without breaking a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 300, maxLength: 2_000 }), (message) => {
        const kept = deadLetter(record, { ...reason, message }).headers['x-dlq-error-message'] as string;
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(1_024);
        expect(message.startsWith(kept)).toBe(true);
        expect(kept === message || Buffer.byteLength(kept) > 1_020).toBe(true);
      }),
    );
  });

  it('always fits 1 MB, and says when it holds only the beginning', () => {
    const size = fc.integer({ min: 0, max: 1_200_000 });
    fc.assert(
      fc.property(size, size, size, (value, key, header) => {
        const large = {
          ...record,
          key: Buffer.alloc(key),
          value: Buffer.alloc(value, 'v'),
          headers: { first: Buffer.from('1'), large: Buffer.alloc(header) },
        };
        const letter = stored(deadLetter(large, { ...reason, message: 'x'.repeat(5_000) }));
        expect(recordBytes(letter)).toBeLessThan(1_048_576);
        const origin = originOf(letter)!;
        expect(origin.record.headers.first).toEqual(Buffer.from('1'));
        expect(origin.whole).toBe(recordBytes(large) <= 1_020_000);
        if (!origin.whole) expect(letter.headers['x-dlq-cut']?.toString()).toBe(String(recordBytes(large)));
      }),
      { numRuns: 50 },
    );
  });

  it('is not what any other record is', () => {
    expect(originOf(record)).toBeUndefined();
  });
});
