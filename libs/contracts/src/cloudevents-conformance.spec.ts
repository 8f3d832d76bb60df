import { CloudEvent, Kafka } from 'cloudevents';
import fc from 'fast-check';
import { eventTypes, inputTypes } from './catalogue.js';
import { decodeRecord } from './decode.js';
import { encodeEvent, structuredHeaders } from './encode.js';

const now = Date.parse('2026-03-09T12:00:00Z');

interface SdkMessage {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What a Kafka client makes of the SDK's message: bytes, and no header without a value. */
const asRecord = (topic: string, { key, value, headers }: SdkMessage) => ({
  topic,
  partition: 3,
  key: typeof key === 'string' ? Buffer.from(key) : null,
  value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([, header]) => header !== undefined)
      .map(([name, header]) => [name, Buffer.from(String(header))]),
  ),
});

const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '');
const events = fc.constantFrom(...inputTypes).chain((type) =>
  fc.record({
    id: printable,
    source: fc.webPath().map((path) => `/shop${path}`),
    type: fc.constant(type),
    subject: eventTypes[type].subject === 'partition' ? fc.constant('3') : printable,
    time: fc
      .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date(now), noInvalidDate: true })
      .map((date) => date.toISOString()),
    data: fc.constantFrom(...eventTypes[type].examples),
  }),
);

describe('with the CloudEvents SDK as the other party', () => {
  it.each(['structured', 'binary'] as const)(
    'every event that it writes in %s mode is read field for field',
    (mode) => {
      fc.assert(
        fc.property(events, ({ time, ...event }) => {
          const sent = new CloudEvent({
            ...event,
            time,
            datacontenttype: 'application/json',
            partitionkey: event.subject,
          });
          const decoded = decodeRecord(asRecord(eventTypes[event.type].topic, Kafka[mode](sent)), { now });
          expect(decoded).toEqual({ ok: true, event: { ...event, at: Date.parse(time) } });
        }),
        { numRuns: 200 },
      );
    },
  );

  it('reads what it writes without a content type', () => {
    const event = {
      id: 'o-1',
      source: '/shop',
      type: 'order.delivered.v1',
      subject: 'c-1007',
      data: { orderId: 'o-1' },
    };
    const sent = new CloudEvent({ ...event, time: '2026-03-09T08:00:00Z' });
    for (const mode of ['structured', 'binary'] as const)
      expect(decodeRecord(asRecord('purchase.events.v1', Kafka[mode](sent) as SdkMessage), { now })).toEqual({
        ok: true,
        event: { ...event, at: Date.parse('2026-03-09T08:00:00Z') },
      });
  });

  it('every event that we write is read by it field for field', () => {
    fc.assert(
      fc.property(events, (event) => {
        const value = encodeEvent({ specversion: '1.0', ...event });
        const message = {
          key: event.subject,
          value,
          body: value,
          headers: structuredHeaders,
          timestamp: '0',
        };
        expect(Kafka.isEvent(message)).toBe(true);
        const read = (Kafka.toEvent(message) as CloudEvent<unknown>).toJSON();
        expect(read).toEqual({
          specversion: '1.0',
          datacontenttype: 'application/json',
          partitionkey: event.subject,
          ...event,
        });
      }),
      { numRuns: 200 },
    );
  });
});
