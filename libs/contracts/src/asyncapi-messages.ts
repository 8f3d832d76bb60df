import { eventTypes, type EventType } from './catalogue.js';
import { structuredHeaders } from './encode.js';

type Json = Readonly<Record<string, unknown>>;

/** The binding's version that the document is written to. */
export const bindingVersion = '0.5.0';
export const types = Object.keys(eventTypes) as EventType[];
export const binaryName = (type: EventType): string => `${type}.binary`;
export const schemaRef = (type: EventType): Json => ({ $ref: `#/components/schemas/${type}` });

const subjects = {
  customer: { example: 'c-1007', description: 'Customer id' },
  partition: { example: '3', description: 'Partition index' },
  product: { example: 'sku-1042', description: 'Product' },
} as const;

const attributes = (type: EventType) => ({
  specversion: { const: '1.0' },
  id: {
    type: 'string',
    minLength: 1,
    maxLength: 1024,
    description: 'Unique within the source: source and id are the identity.',
  },
  source: {
    type: 'string',
    minLength: 1,
    maxLength: 1024,
    description: 'URI reference of the system that publishes.',
  },
  type: { const: type },
  subject: {
    type: 'string',
    minLength: 1,
    maxLength: 256,
    description: `${subjects[eventTypes[type].subject].description}; also the record’s key.`,
  },
  time: { type: 'string', format: 'date-time', description: 'Event time, RFC 3339 with a zone.' },
});

const exampleAttributes = (type: EventType) => ({
  specversion: '1.0',
  id: 'e-20260309-00017',
  source: eventTypes[type].direction === 'input' ? '/shop' : '/perennial',
  type,
  subject: subjects[eventTypes[type].subject].example,
  time: '2026-03-09T08:00:00Z',
});

const prefixed = (properties: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [`ce_${name}`, value]));

const kafkaKey = (type: EventType): Json => ({
  kafka: {
    key: {
      type: 'string',
      description: `${subjects[eventTypes[type].subject].description}, equal to the subject.`,
    },
    bindingVersion,
  },
});

/** An event as one JSON object: what Perennial writes, and what upstream systems had best write. */
export const structuredMessage = (type: EventType): Json => {
  const { title, description: summary, examples } = eventTypes[type];
  return {
    name: type,
    title,
    summary,
    contentType: 'application/cloudevents+json',
    headers: {
      type: 'object',
      properties: { 'content-type': { type: 'string', examples: [structuredHeaders['content-type']] } },
    },
    payload: {
      type: 'object',
      required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'],
      properties: {
        ...attributes(type),
        datacontenttype: { const: 'application/json' },
        data: schemaRef(type),
      },
    },
    bindings: kafkaKey(type),
    examples: examples.map((data, index) => ({
      name: `${type}-${index + 1}`,
      headers: structuredHeaders,
      payload: { ...exampleAttributes(type), datacontenttype: 'application/json', data },
    })),
  };
};

/** The same event with its attributes in headers and its data as the value. */
export const binaryMessage = (type: EventType): Json => {
  const { title, description: summary, examples } = eventTypes[type];
  return {
    name: type,
    title: `${title} (binary mode)`,
    summary,
    contentType: 'application/json',
    headers: {
      type: 'object',
      required: Object.keys(prefixed(attributes(type))),
      properties: {
        'content-type': { type: 'string', examples: ['application/json'] },
        ...prefixed(attributes(type)),
      },
    },
    payload: schemaRef(type),
    bindings: kafkaKey(type),
    examples: examples.map((data, index) => ({
      name: `${binaryName(type)}-${index + 1}`,
      headers: { 'content-type': 'application/json', ...prefixed(exampleAttributes(type)) },
      payload: data,
    })),
  };
};

const text = (description: string): Json => ({ type: 'string', description });
const deadLetterHeaders = {
  'x-dlq-topic': text('Topic of the record.'),
  'x-dlq-partition': text('Its partition.'),
  'x-dlq-offset': text('Its offset.'),
  'x-dlq-timestamp': text('Its arrival time, ms since the epoch.'),
  'x-dlq-group': text('Consumer group that gave it up.'),
  'x-dlq-stage': text('Step that gave it up.'),
  'x-dlq-error-class': text('What kind of error.'),
  'x-dlq-error-message': text('What was wrong and what is allowed, at most 1 KB.'),
  'x-dlq-attempts': text('How often it was tried.'),
  'x-dlq-failed-at': { type: 'string', format: 'date-time', description: 'When it was given up.' },
};

/** A record that was given up: its own bytes, key and headers, with the reason. */
export const deadLetterMessage: Json = {
  name: 'dead-letter',
  title: 'Dead letter',
  summary: 'A record that could not be taken: original bytes, key and headers, with where and why.',
  contentType: 'application/octet-stream',
  headers: {
    type: 'object',
    required: Object.keys(deadLetterHeaders),
    properties: {
      ...deadLetterHeaders,
      'x-dlq-cut': text(
        'Bytes of a record too large for a dead letter, of which only the beginning is kept.',
      ),
    },
  },
  payload: { description: 'The record’s value as it was.' },
  bindings: {
    kafka: { key: { type: 'string', description: 'The record’s key as it was.' }, bindingVersion },
  },
  examples: [
    {
      name: 'dead-letter-1',
      headers: {
        'x-dlq-topic': 'purchase.events.v1',
        'x-dlq-partition': '3',
        'x-dlq-offset': '1234',
        'x-dlq-timestamp': '1772928000000',
        'x-dlq-group': 'perennial',
        'x-dlq-stage': 'decode',
        'x-dlq-error-class': 'undecodable',
        'x-dlq-error-message': 'value is not JSON: Unexpected end of JSON input',
        'x-dlq-attempts': '1',
        'x-dlq-failed-at': '2026-03-08T00:00:01.250Z',
      },
      payload: '{"specversion":"1.0"',
    },
  ],
};
