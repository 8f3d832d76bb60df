import type { CloudEvent } from './envelope.js';

/** Headers of a CloudEvent in structured JSON. */
export const structuredHeaders = Object.freeze({
  'content-type': 'application/cloudevents+json; charset=utf-8',
} as const);

/** JSON with sorted keys: equal data are equal bytes. Undefined values are left out, as `JSON.stringify` does. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null || 'toJSON' in value)
    return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  let out = '';
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) out += `${out && ','}${JSON.stringify(key)}:${canonical(item)}`;
  }
  return `{${out}}`;
}

/** A CloudEvent as structured JSON, attributes in the order of the type and data keys sorted. */
export function encodeEvent(event: CloudEvent): string {
  const { specversion, id, source, type, subject, time, data } = event;
  const attributes = JSON.stringify({
    specversion,
    id,
    source,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
  });
  return `${attributes.slice(0, -1)},"data":${canonical(data)}}`;
}
