import { Ajv2020 } from 'ajv/dist/2020.js';
import { eventTypes, isInputType, type EventType } from './catalogue.js';
import { decodeRecord } from './decode.js';
import { encodeEvent, structuredHeaders } from './encode.js';
import { validateData } from './validate.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
const types = Object.keys(eventTypes) as EventType[];
describe.each(types)('%s', (type) => {
  const { schema, topic, subject, title, description, examples } = eventTypes[type];

  it('has a title, a description and examples', () => {
    expect(title).toMatch(/^[A-Z]/);
    expect(description).toMatch(/\.$/);
    expect(examples).not.toHaveLength(0);
  });

  it('accepts its examples', () => {
    for (const example of examples) expect(validateData(type, example)).toBeUndefined();
  });

  it('is JSON Schema 2020-12 that another validator reads alike', () => {
    const check = ajv.compile(schema);
    for (const example of examples) expect(check(example)).toBe(true);
    expect(check('text')).toBe(false);
  });

  it('refuses fields that it does not know only where we write it', () => {
    const problem = validateData(type, { ...examples[0], surplus: 1 });
    if (eventTypes[type].direction === 'input') expect(problem).toBeUndefined();
    else expect(problem).toBe('data.surplus is not known here');
  });

  if (isInputType(type))
    it('comes back from its own bytes', () => {
      for (const data of examples) {
        const event = { id: 'e-1', source: '/shop', type, subject: subject === 'partition' ? '3' : 'c-1007' };
        const value = encodeEvent({ specversion: '1.0', ...event, time: '2026-03-09T08:00:00+01:00', data });
        const headers = { 'content-type': Buffer.from(structuredHeaders['content-type']) };
        const record = {
          topic,
          partition: 3,
          key: Buffer.from('c-1007'),
          value: Buffer.from(value),
          headers,
        };
        expect(decodeRecord(record, { now: Date.UTC(2026, 2, 9, 8) })).toEqual({
          ok: true,
          event: { ...event, at: Date.UTC(2026, 2, 9, 7), data },
        });
      }
    });
});
