import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { asyncApi } from './asyncapi.js';
import { eventTypes } from './catalogue.js';
import { parseTime } from './timestamp.js';
import { topicRoles } from './topics.js';

const document = asyncApi({ version: '0.1.0', prefix: 'acme.', partitions: 12, retentionMs: 1_000 });

const formats = {
  'date-time': (text: string) => !Number.isNaN(parseTime(text)),
  date: true,
  email: true,
  'iana-time-zone': true,
  birthday: true,
} as const;

interface Message {
  readonly examples: readonly { readonly headers: object; readonly payload: unknown }[];
}

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3 without errors or warnings', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    const problems = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version');
    expect(problems.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`)).toEqual([]);
    expect(parsed?.version()).toBe('3.0.0');
  }, 120_000);

  it('holds every event type on its channel, with schema and examples', () => {
    for (const [type, { topic, alsoOn }] of Object.entries(eventTypes)) {
      for (const channel of [topic, alsoOn ?? topic])
        expect(document.channels[channel]).toHaveProperty(['messages', type]);
      expect(document.components.schemas).toHaveProperty([type]);
      expect((document.components.messages[type] as Message).examples).not.toHaveLength(0);
    }
  });

  it('holds every topic with partitions, retention and at least one operation', () => {
    const operations = Object.values(document.operations) as { channel: { $ref: string } }[];
    for (const { name, role } of topicRoles) {
      expect(document.channels[name]).toMatchObject({
        address: `acme.${name}`,
        bindings: {
          kafka: { partitions: 12, topicConfiguration: { 'retention.ms': role === 'dlq' ? -1 : 1_000 } },
        },
      });
      expect(operations.some(({ channel }) => channel.$ref === `#/channels/${name}`)).toBe(true);
    }
  });

  describe('gives examples that fit their schemas', () => {
    const ajv = new Ajv2020({ strictTypes: false, strictRequired: false, formats });
    ajv.addSchema({ components: document.components }, 'document').addKeyword('components');
    const inDocument = (message: string, part: 'headers' | 'payload') =>
      ajv.compile({ $ref: `document#/components/messages/${message}/${part}` });

    it.each(Object.keys(document.components.messages))('%s', (name) => {
      const [headers, payload] = [inDocument(name, 'headers'), inDocument(name, 'payload')];
      for (const example of (document.components.messages[name] as Message).examples) {
        expect({ valid: headers(example.headers), errors: headers.errors }).toEqual({
          valid: true,
          errors: null,
        });
        expect({ valid: payload(example.payload), errors: payload.errors }).toEqual({
          valid: true,
          errors: null,
        });
      }
    });
  });
});
