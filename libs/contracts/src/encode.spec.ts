import fc from 'fast-check';
import { encodeEvent } from './encode.js';

const event = (data: unknown) => ({
  specversion: '1.0' as const,
  id: '5b1f',
  source: '/perennial',
  type: 'stage.changed.v1',
  subject: 'c-1007',
  time: '2026-03-09T08:00:00.000Z',
  data,
});

/** The same value, every object's keys in the opposite order. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, reversed(item)]),
        )
      : value;

describe('encodeEvent', () => {
  it('writes attributes in one order and data keys sorted', () => {
    expect(
      encodeEvent(
        event({
          to: 'awareness',
          from: 'exploration',
          facts: { b: 1, a: [undefined, { d: 1, c: undefined }] },
        }),
      ),
    ).toBe(
      '{"specversion":"1.0","id":"5b1f","source":"/perennial","type":"stage.changed.v1","subject":"c-1007",' +
        '"time":"2026-03-09T08:00:00.000Z","datacontenttype":"application/json",' +
        '"data":{"facts":{"a":[null,{"d":1}],"b":1},"from":"exploration","to":"awareness"}}',
    );
  });

  it('gives equal bytes for equal data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(encodeEvent(event(reversed(data)))).toBe(encodeEvent(event(data)));
      }),
    );
  });

  it('loses nothing that JSON holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const plain = JSON.parse(JSON.stringify(data)) as unknown;
        expect(JSON.parse(encodeEvent(event(data)))).toEqual({
          ...event(plain),
          datacontenttype: 'application/json',
        });
      }),
    );
  });

  it('writes every text, number and key as JSON.stringify does', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const value = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(text, value, (key, item) => {
        const { data, ...attributes } = { ...event({ [key]: item }), id: key };
        const whole = { ...attributes, datacontenttype: 'application/json', data };
        expect(encodeEvent({ ...attributes, data })).toBe(JSON.stringify(whole));
      }),
    );
  });

  it('sorts the keys of small and large objects by code units', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 80 });
    fc.assert(
      fc.property(keys, (given) => {
        const data = JSON.parse(
          encodeEvent(event(Object.fromEntries(given.map((key) => [`_${key}`, 1])))),
        ) as { data: object };
        expect(Object.keys(data.data)).toEqual(given.map((key) => `_${key}`).sort());
      }),
    );
  });

  it('writes dates and values without a JSON form as JSON.stringify does', () => {
    const data = { at: new Date(0), nothing: [undefined, NaN], left: undefined };
    expect(encodeEvent(event(data))).toContain(
      '"data":{"at":"1970-01-01T00:00:00.000Z","nothing":[null,null]}}',
    );
  });
});
