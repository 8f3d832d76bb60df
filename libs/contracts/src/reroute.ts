import type { AddressedRecord, SourceRecord } from './records.js';
import { inboxTopic, topicName } from './topics.js';

/** Where the record first stood; kept through further re-routing. */
const originHeaders = (record: SourceRecord): Record<string, string | Buffer> =>
  record.headers['x-origin-topic'] !== undefined
    ? {}
    : {
        'x-origin-topic': record.topic,
        'x-origin-partition': String(record.partition),
        'x-origin-offset': String(record.offset),
        ...(record.key === null ? {} : { 'x-origin-key': record.key }),
      };

/**
 * The record for the inbox that stands for one found with a foreign key or on a foreign partition: value and headers as
 * they were, the subject as key, `x-origin-*` headers added. `partition` is the subject's home.
 */
export const reroute = (
  record: SourceRecord,
  subject: string,
  partition: number,
  prefix = '',
): AddressedRecord => ({
  topic: topicName(prefix, inboxTopic),
  partition,
  key: subject,
  value: record.value,
  headers: { ...record.headers, ...originHeaders(record) },
});
