import { decodeRecord, defaultMaxBytes } from './decode.js';
import { homePartition, placement } from './partition.js';
import { recordBytes, type AddressedRecord, type SourceRecord } from './records.js';
import { reroute } from './reroute.js';

const event = {
  specversion: '1.0',
  id: 'o-1',
  source: '/shop',
  type: 'order.delivered.v1',
  subject: 'c-1007',
  time: '2026-03-09T08:00:00Z',
};
const home = homePartition('c-1007', 8);
const found: SourceRecord = {
  topic: 'acme.purchase.events.v1',
  partition: (home + 1) % 8,
  offset: 77,
  timestamp: 0,
  key: Buffer.from('till-4'),
  value: Buffer.from('{"orderId":"o-1"}'),
  headers: {
    'content-type': Buffer.from('application/json'),
    ...Object.fromEntries(Object.entries(event).map(([name, value]) => [`ce_${name}`, Buffer.from(value)])),
  },
};

const stored = (record: AddressedRecord): SourceRecord => ({
  ...record,
  offset: 5,
  timestamp: 0,
  key: record.key === null ? null : Buffer.from(record.key),
  headers: Object.fromEntries(
    Object.entries(record.headers).map(([name, header]) => [name, Buffer.from(header)]),
  ),
});

describe('a re-routed record', () => {
  const routed = reroute(found, 'c-1007', home, 'acme.');

  it('keeps bytes, headers and origin, and has its subject as key', () => {
    expect(routed).toEqual({
      topic: 'acme.lifecycle.inbox.v1',
      partition: home,
      key: 'c-1007',
      value: found.value,
      headers: {
        ...found.headers,
        'x-origin-topic': 'acme.purchase.events.v1',
        'x-origin-partition': String(found.partition),
        'x-origin-offset': '77',
        'x-origin-key': found.key,
      },
    });
  });

  it('is at home on the inbox and read there as it would have been', () => {
    const options = { now: Date.parse('2026-03-09T12:00:00Z'), prefix: 'acme.' };
    const inbox = stored(routed);
    expect(placement(inbox, 'c-1007', 8)).toEqual({ home: true, partition: home });
    expect(decodeRecord(inbox, options)).toEqual(decodeRecord(found, options));
    expect(decodeRecord(inbox, options)).toMatchObject({ ok: true, event: { data: { orderId: 'o-1' } } });
  });

  it('is no larger than the inbox takes, however large the record and its key were', () => {
    const subject = 'c'.repeat(256);
    const headers = { ...found.headers, ce_subject: Buffer.from(subject) };
    for (const keyBytes of [0, 100, 100_000]) {
      const large = { ...found, topic: 'purchase.events.v1', key: Buffer.alloc(keyBytes), headers };
      const fill = defaultMaxBytes - recordBytes(large) - ',"note":""'.length;
      const value = Buffer.from(`{"orderId":"o-1","note":"${'x'.repeat(fill)}"}`);
      const accepted = { ...large, value };
      expect(recordBytes(accepted)).toBe(defaultMaxBytes);
      const options = { now: Date.parse('2026-03-09T12:00:00Z') };
      expect(decodeRecord(accepted, options)).toMatchObject({ ok: true });
      expect(decodeRecord(stored(reroute(accepted, subject, 0)), options)).toMatchObject({ ok: true });
    }
  });

  it('remembers where it first stood when it is routed again', () => {
    const again = reroute({ ...stored(routed), partition: 0 }, 'c-1007', home, 'acme.');
    expect(again.headers['x-origin-topic']?.toString()).toBe('acme.purchase.events.v1');
    expect(again.headers['x-origin-offset']?.toString()).toBe('77');
  });

  it('has no origin key where there was none', () => {
    expect(reroute({ ...found, key: null }, 'c-1007', home).headers).not.toHaveProperty('x-origin-key');
  });
});
