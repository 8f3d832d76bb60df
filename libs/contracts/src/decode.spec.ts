import fc from 'fast-check';
import { decodeRecord, errorClasses, type DecodeOptions } from './decode.js';

const now = Date.parse('2026-03-09T12:00:00Z');
const omit = (object: object, name: string) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
const cloudEvent = {
  specversion: '1.0',
  id: 'o-1',
  source: '/shop',
  type: 'order.completed.v1',
  subject: 'c-1007',
  time: '2026-03-09T08:00:00+01:00',
  data: { orderId: 'o-1', total: 5, currency: 'EUR', products: [] },
};
const withoutData = omit(cloudEvent, 'data');

const record = (value: unknown, more: { topic?: string; headers?: Record<string, string> } = {}) => ({
  topic: more.topic ?? 'purchase.events.v1',
  partition: 3,
  key: Buffer.from('c-1007'),
  value:
    value === null
      ? null
      : Buffer.isBuffer(value)
        ? value
        : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  headers: Object.fromEntries(
    Object.entries(more.headers ?? {}).map(([name, text]) => [name, Buffer.from(text)]),
  ),
});
const decode = (value: unknown, more = {}, options: Partial<DecodeOptions> = {}) =>
  decodeRecord(record(value, more), { now, ...options });
const refused = (errorClass: string, message: string | RegExp) => ({
  ok: false,
  errorClass,
  message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
});
const accepted = {
  ok: true,
  event: {
    id: 'o-1',
    source: '/shop',
    type: 'order.completed.v1',
    subject: 'c-1007',
    at: Date.parse('2026-03-09T07:00:00Z'),
    data: cloudEvent.data,
  },
};

const binaryHeaders = {
  'content-type': 'application/json; charset=utf-8',
  ...Object.fromEntries(Object.entries(withoutData).map(([name, value]) => [`ce_${name}`, value])),
};

describe('decodeRecord accepts', () => {
  it.each([
    [
      'structured mode',
      cloudEvent,
      { headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' } },
    ],
    [
      'structured mode in capitals',
      cloudEvent,
      { headers: { 'content-type': 'Application/CloudEvents+JSON' } },
    ],
    ['a JSON object without headers', cloudEvent, {}],
    [
      'a JSON object under a plain content type',
      cloudEvent,
      { headers: { 'content-type': 'application/json' } },
    ],
    ['binary mode', cloudEvent.data, { headers: binaryHeaders }],
    [
      'structured mode with stray ce_ headers',
      cloudEvent,
      { headers: { 'content-type': 'application/cloudevents+json', ce_specversion: '9' } },
    ],
    [
      'data in base64',
      { ...withoutData, data_base64: Buffer.from(JSON.stringify(cloudEvent.data)).toString('base64') },
      {},
    ],
    ['extension attributes', { ...cloudEvent, traceparent: '00-aa-bb-01' }, {}],
    ['a time a day ahead', { ...cloudEvent, time: '2026-03-09T07:00:00Z' }, {}],
    ['any input type on the inbox', cloudEvent, { topic: 'lifecycle.inbox.v1' }],
    [
      'headers of a re-routed record',
      cloudEvent,
      { topic: 'lifecycle.inbox.v1', headers: { 'x-origin-topic': 'purchase.events.v1' } },
    ],
  ])('%s', (_name, value, more) => {
    expect(decode(value, more)).toEqual(accepted);
  });

  it('topics under a prefix', () => {
    expect(decode(cloudEvent, { topic: 'acme.purchase.events.v1' }, { prefix: 'acme.' })).toEqual(accepted);
  });

  it('a subject of any script', () => {
    expect(decode({ ...cloudEvent, subject: 'Kundin-Žofie-顧客-🧁' })).toMatchObject({ ok: true });
  });
});

describe('decodeRecord refuses', () => {
  it.each([
    ['a tombstone', null, 'tombstone', /value is null/],
    ['nothing', '', 'undecodable', /value is not JSON/],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'undecodable', 'value is not UTF-8'],
    ['half an object', '{"specversion":"1.0"', 'undecodable', /value is not JSON/],
    ['a list', [cloudEvent], 'notCloudEvent', 'value is JSON, but not an object'],
    ['null as JSON', 'null', 'notCloudEvent', 'value is JSON, but not an object'],
    [
      'another specversion',
      { ...cloudEvent, specversion: '0.3' },
      'notCloudEvent',
      'specversion must be 1.0',
    ],
    ['plain business JSON', cloudEvent.data, 'notCloudEvent', 'specversion must be 1.0'],
    ['no id', { ...cloudEvent, id: undefined }, 'notCloudEvent', /^id must be text/],
    ['an id that is a number', { ...cloudEvent, id: 17 }, 'notCloudEvent', /^id must be text/],
    ['an empty source', { ...cloudEvent, source: '' }, 'notCloudEvent', /^source must be text/],
    ['no type', { ...cloudEvent, type: undefined }, 'notCloudEvent', /^type must be text/],
    ['a control character in an id', { ...cloudEvent, id: 'o\n1' }, 'notCloudEvent', /^id must be text/],
    [
      'half a surrogate pair as subject',
      { ...cloudEvent, subject: '\ud83e' },
      'notCloudEvent',
      /^subject must be text/,
    ],
    [
      'a subject that is a number',
      { ...cloudEvent, subject: 1007 },
      'notCloudEvent',
      /^subject must be text/,
    ],
    [
      'data that are not JSON',
      { ...cloudEvent, datacontenttype: 'text/xml', data: '<a/>' },
      'undecodable',
      /allowed: application\/json/,
    ],
    [
      'an unknown type',
      { ...cloudEvent, type: 'parcel.lost.v1' },
      'unknownType',
      'type parcel.lost.v1 is not in the catalogue',
    ],
    [
      'an inherited name as type',
      { ...cloudEvent, type: 'constructor' },
      'unknownType',
      /not in the catalogue/,
    ],
    [
      'an unknown version',
      { ...cloudEvent, type: 'order.completed.v2' },
      'unknownVersion',
      'type order.completed.v2 is not known in this version; allowed: order.completed.v1',
    ],
    [
      'a type of another topic',
      { ...cloudEvent, type: 'case.opened.v1' },
      'wrongTopic',
      'case.opened.v1 belongs on support.events.v1, not on purchase.events.v1',
    ],
    [
      'an output type',
      { ...cloudEvent, type: 'stage.changed.v1' },
      'wrongTopic',
      /belongs on lifecycle.transitions.v1/,
    ],
    ['no subject', { ...cloudEvent, subject: undefined }, 'missingSubject', /customer id/],
    ['an empty subject', { ...cloudEvent, subject: '' }, 'missingSubject', /customer id/],
    ['no time', { ...cloudEvent, time: undefined }, 'time', /^time is missing/],
    ['a time in ms', { ...cloudEvent, time: now }, 'time', /^time must be text/],
    ['a time without zone', { ...cloudEvent, time: '2026-03-09T08:00:00' }, 'time', /has no zone/],
    ['a time that is none', { ...cloudEvent, time: '2026-02-30T08:00:00Z' }, 'time', /is not a time/],
    ['a time before 1990', { ...cloudEvent, time: '1989-12-31T23:59:59Z' }, 'time', /is before 1990/],
    [
      'a time too far ahead',
      { ...cloudEvent, time: '2026-03-10T12:00:01Z' },
      'time',
      /is more than a day ahead of 2026-03-09/,
    ],
    ['no data', withoutData, 'schema', 'data must be an object, found nothing'],
    [
      'wrong data',
      { ...cloudEvent, data: { ...cloudEvent.data, total: -1 } },
      'schema',
      'data.total must be at least 0',
    ],
  ])('%s', (_name, value, errorClass, message) => {
    expect(decode(value)).toEqual(refused(errorClass, message));
  });

  it('an output type on the inbox', () => {
    const event = { ...cloudEvent, type: 'batch.applied.v1' };
    expect(decode(event, { topic: 'lifecycle.inbox.v1' })).toMatchObject({ errorClass: 'wrongTopic' });
  });

  it('CloudEvents in batches or other formats', () => {
    for (const type of ['application/cloudevents-batch+json', 'application/cloudevents+avro'])
      expect(decode(cloudEvent, { headers: { 'content-type': type } })).toEqual(
        refused('notCloudEvent', `content-type is ${type}; allowed: application/cloudevents+json`),
      );
  });

  it('binary mode that misses an attribute, or whose data are not JSON', () => {
    const headers = omit(binaryHeaders, 'ce_id');
    expect(decode(cloudEvent.data, { headers })).toMatchObject({ errorClass: 'notCloudEvent' });
    expect(decode('<a/>', { headers: { ...binaryHeaders, 'content-type': 'text/xml' } })).toMatchObject({
      errorClass: 'undecodable',
    });
  });

  it('more bytes than allowed, whichever part has them', () => {
    const big = { ...cloudEvent, data: { ...cloudEvent.data, note: 'x'.repeat(1_000) } };
    expect(decode(big, {}, { maxBytes: 1_000 })).toEqual(
      refused('tooLarge', /^record has \d+ bytes; allowed: at most 1000$/),
    );
    expect(decode(cloudEvent, { headers: { trace: 'x'.repeat(1_000) } }, { maxBytes: 1_000 })).toMatchObject({
      errorClass: 'tooLarge',
    });
    expect(
      decode({ ...cloudEvent, data: { ...cloudEvent.data, note: 'x'.repeat(1_000_000) } }),
    ).toMatchObject({ errorClass: 'tooLarge' });
  });
});

describe('decodeRecord', () => {
  it('never throws, and names every refusal by its class', () => {
    const attributes = fc.record(
      Object.fromEntries(
        Object.entries(cloudEvent).map(([name, good]) => [name, fc.oneof(fc.constant(good), fc.jsonValue())]),
      ),
      { requiredKeys: [] },
    );
    const values = fc.oneof(
      fc.constant(null),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json(),
      attributes,
    );
    const headers = fc.dictionary(
      fc.constantFrom('content-type', 'ce_specversion', 'ce_id', 'ce_type', 'other'),
      fc.string(),
    );
    fc.assert(
      fc.property(values, headers, (value, some) => {
        const decoded = decode(value, { headers: some });
        expect(decoded.ok || errorClasses.includes(decoded.errorClass)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
