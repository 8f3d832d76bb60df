import { isAscii, isUtf8 } from 'node:buffer';
import type { SourceRecord } from './records.js';

/** CloudEvents attributes as found, not yet checked, and the data. */
export interface Content {
  readonly specversion: unknown;
  readonly id: unknown;
  readonly source: unknown;
  readonly type: unknown;
  readonly subject: unknown;
  readonly time: unknown;
  readonly data: unknown;
}

/** Why bytes are not a CloudEvent. */
export class Unreadable {
  constructor(
    readonly errorClass: 'undecodable' | 'notCloudEvent',
    readonly message: string,
  ) {}
}

const structuredType = 'application/cloudevents+json';
const structuredBytes = Buffer.from(structuredType);
const startsWith = (bytes: Buffer, start: Buffer): boolean => {
  for (let at = 0; at < start.length; at++) if (bytes[at] !== start[at]) return false;
  return true;
};

const jsonType = /^(application|text)\/([\w.-]+\+)?json\s*(;|$)/i;
const isJson = (type: string): boolean => type === 'application/json' || jsonType.test(type);

function parseJson(bytes: Buffer): unknown {
  if (!isAscii(bytes) && !isUtf8(bytes)) return new Unreadable('undecodable', 'value is not UTF-8');
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch (error) {
    return new Unreadable('undecodable', `value is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

const notJson = (type: string): Unreadable =>
  new Unreadable('undecodable', `datacontenttype is ${type.slice(0, 100)}; allowed: application/json`);

function structured(value: Buffer): Content | Unreadable {
  const parsed = parseJson(value);
  if (parsed instanceof Unreadable) return parsed;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return new Unreadable('notCloudEvent', 'value is JSON, but not an object');
  const event = parsed as Content & { datacontenttype?: unknown; data_base64?: unknown };
  const type = event.datacontenttype;
  if (typeof type === 'string' && !isJson(type)) return notJson(type);
  if (event.data === undefined && typeof event.data_base64 === 'string') {
    const data = parseJson(Buffer.from(event.data_base64, 'base64'));
    return data instanceof Unreadable ? data : { ...event, data };
  }
  return event;
}

function binary(value: Buffer, headers: SourceRecord['headers']): Content | Unreadable {
  const type = headers['content-type']?.toString();
  if (type && !isJson(type)) return notJson(type);
  const data = parseJson(value);
  if (data instanceof Unreadable) return data;
  const attribute = (name: string): string | undefined => headers[`ce_${name}`]?.toString();
  return {
    specversion: attribute('specversion'),
    id: attribute('id'),
    source: attribute('source'),
    type: attribute('type'),
    subject: attribute('subject'),
    time: attribute('time'),
    data,
  };
}

/**
 * Reads a record's value by the Kafka protocol binding of CloudEvents 1.0: structured by its content type, binary by
 * its `ce_` headers, and structured again where it has neither.
 */
export function readContent(value: Buffer, headers: SourceRecord['headers']): Content | Unreadable {
  const header = headers['content-type'];
  if (header === undefined ? headers.ce_specversion === undefined : startsWith(header, structuredBytes))
    return structured(value);
  const type = header?.toString().toLowerCase() ?? '';
  if (type.startsWith('application/cloudevents')) {
    return type.startsWith(structuredType)
      ? structured(value)
      : new Unreadable('notCloudEvent', `content-type is ${type.slice(0, 100)}; allowed: ${structuredType}`);
  }
  return headers.ce_specversion === undefined ? structured(value) : binary(value, headers);
}
