import { recordBytes, type AddressedRecord, type SourceRecord } from './records.js';
import { deadLetterTopic } from './topics.js';

/** Why and where a record was given up. */
export interface DeadLetterReason {
  readonly group: string;
  /** Which step gave it up, e.g. `decode` or `fold`. */
  readonly stage: string;
  /** One of `errorClasses`, or a subscriber's own. */
  readonly errorClass: string;
  /** Cut to 1 KB. */
  readonly message: string;
  readonly attempts: number;
  /** ms since the epoch. */
  readonly failedAt: number;
}

/** Above this a dead letter holds only the beginning of its record. */
const MOST_BYTES = 1_020_000;
const CUT_BYTES = 65_536;
const MESSAGE_BYTES = 1_024;
const PREFIX = 'x-dlq-';
const CUT = 'x-dlq-cut';

const cutText = (text: string, bytes: number): string => {
  const whole = Buffer.from(text);
  return whole.length <= bytes ? text : new TextDecoder().decode(whole.subarray(0, bytes), { stream: true });
};

function firstHeaders(headers: SourceRecord['headers']): Record<string, Buffer> {
  const kept: Record<string, Buffer> = {};
  let room = CUT_BYTES;
  for (const [name, value] of Object.entries(headers)) {
    room -= name.length + value.length;
    if (room < 0) break;
    kept[name] = value;
  }
  return kept;
}

/** What is kept of a record too large for a dead letter: the first 64 KB of value, key and headers each. */
const beginning = (record: SourceRecord) => ({
  key: record.key?.subarray(0, CUT_BYTES) ?? null,
  value: record.value?.subarray(0, CUT_BYTES) ?? null,
  headers: { ...firstHeaders(record.headers), [CUT]: String(recordBytes(record)) },
});

/**
 * The dead letter of a record: its bytes, key and headers with `x-dlq-*` headers added, on its topic's `.dlq` and its
 * partition. It always fits 1 MB: of a larger record the beginning is kept and `x-dlq-cut` gives its size; the whole
 * then stands only at its own offset, as long as its topic keeps it.
 */
export function deadLetter(record: SourceRecord, reason: DeadLetterReason): AddressedRecord {
  const content = recordBytes(record) > MOST_BYTES ? beginning(record) : record;
  return {
    topic: deadLetterTopic(record.topic),
    partition: record.partition,
    key: content.key,
    value: content.value,
    headers: {
      ...content.headers,
      'x-dlq-topic': record.topic,
      'x-dlq-partition': String(record.partition),
      'x-dlq-offset': String(record.offset),
      'x-dlq-timestamp': String(record.timestamp),
      'x-dlq-group': reason.group,
      'x-dlq-stage': reason.stage,
      'x-dlq-error-class': reason.errorClass,
      'x-dlq-error-message': cutText(reason.message, MESSAGE_BYTES),
      'x-dlq-attempts': String(reason.attempts),
      'x-dlq-failed-at': new Date(reason.failedAt).toISOString(),
    },
  };
}

/** What a dead letter was made of. `whole` is false where only the beginning of the record was kept. */
export interface Origin {
  readonly record: SourceRecord;
  readonly reason: DeadLetterReason;
  readonly whole: boolean;
}

/** The inverse of `deadLetter`; undefined for a record that is no dead letter. */
export function originOf(letter: Pick<SourceRecord, 'key' | 'value' | 'headers'>): Origin | undefined {
  const header = (name: string): string => letter.headers[PREFIX + name]?.toString() ?? '';
  if (header('topic') === '') return undefined;
  const headers = Object.fromEntries(
    Object.entries(letter.headers).filter(([name]) => !name.startsWith(PREFIX)),
  );
  return {
    record: {
      topic: header('topic'),
      partition: Number(header('partition')),
      offset: Number(header('offset')),
      timestamp: Number(header('timestamp')),
      key: letter.key,
      value: letter.value,
      headers,
    },
    reason: {
      group: header('group'),
      stage: header('stage'),
      errorClass: header('error-class'),
      message: header('error-message'),
      attempts: Number(header('attempts')),
      failedAt: Date.parse(header('failed-at')),
    },
    whole: letter.headers[CUT] === undefined,
  };
}
