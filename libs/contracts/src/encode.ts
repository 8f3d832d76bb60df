import { canonical } from './canonical.js';
import type { CloudEvent } from './envelope.js';

/** Headers of a CloudEvent in structured JSON. */
export const structuredHeaders = Object.freeze({
  'content-type': 'application/cloudevents+json; charset=utf-8',
} as const);

/** A CloudEvent as structured JSON, attributes in the order of the type and data keys sorted. */
export function encodeEvent(event: CloudEvent): string {
  const { specversion, id, source, type, subject, time, data } = event;
  return (
    `{"specversion":"${specversion}","id":${canonical(id)},"source":${canonical(source)},` +
    `"type":${canonical(type)},"subject":${canonical(subject)},"time":${canonical(time)},` +
    `"datacontenttype":"application/json","data":${canonical(data)}}`
  );
}
