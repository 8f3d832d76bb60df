import { eventTypes, inputTypes, isEventType, type KnownInputEvent } from './catalogue.js';
import { readContent, Unreadable } from './content-mode.js';
import { eventTime } from './event-time.js';
import { recordBytes, type SourceRecord } from './records.js';
import { inboxTopic, type TopicName } from './topics.js';
import { validators, type Validate } from './validate.js';

/** Why a record is not an event that can be folded. */
export const errorClasses = [
  'tombstone',
  'tooLarge',
  'undecodable',
  'notCloudEvent',
  'unknownType',
  'unknownVersion',
  'wrongTopic',
  'missingSubject',
  'time',
  'schema',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

export type Decoded =
  | { readonly ok: true; readonly event: KnownInputEvent }
  | { readonly ok: false; readonly errorClass: ErrorClass; readonly message: string };

export interface DecodeOptions {
  /** Wall clock, ms; an event may be a day ahead of it. */
  readonly now: number;
  /** Prefix of every topic's name. */
  readonly prefix?: string;
  /** Most bytes that a record may have, as `recordBytes` counts them; 1,000,000 where absent. */
  readonly maxBytes?: number;
}

/** Leaves room under Kafka's default limit of 1,048,588 for the headers of a re-routed record or a dead letter. */
export const defaultMaxBytes = 1_000_000;

/** The inbox takes that much more: an accepted record stays accepted with the key and headers of re-routing. */
const REROUTING_BYTES = 4_096;

const refuse = (errorClass: ErrorClass, message: string): Decoded => ({ ok: false, errorClass, message });

// CloudEvents strings hold no control characters and no lone surrogates.
const controls = /[\u0000-\u001f\u007f-\u009f]/;
const attribute = (value: unknown, most: number): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= most &&
  !controls.test(value) &&
  value.isWellFormed();

interface Readable {
  readonly topic: TopicName;
  readonly validate: Validate;
}

const readable: ReadonlyMap<string, Readable> = new Map(
  inputTypes.map((type) => [type, { topic: eventTypes[type].topic, validate: validators[type] }]),
);

const versionless = (type: string): string => type.replace(/\.v\d+$/, '');

function notReadable(type: string, topic: string): Decoded {
  if (isEventType(type))
    return refuse('wrongTopic', `${type} belongs on ${eventTypes[type].topic}, not on ${topic}`);
  const known = Object.keys(eventTypes).filter((name) => versionless(name) === versionless(type));
  return known.length > 0 && versionless(type) !== type
    ? refuse('unknownVersion', `type ${type} is not known in this version; allowed: ${known.join(', ')}`)
    : refuse('unknownType', `type ${type} is not in the catalogue`);
}

/** Reads one record of an input topic into a validated event, or says why it cannot be one. Never throws. */
export function decodeRecord(
  record: Pick<SourceRecord, 'topic' | 'partition' | 'key' | 'value' | 'headers'>,
  options: DecodeOptions,
): Decoded {
  const { value, headers } = record;
  if (value === null) return refuse('tombstone', 'value is null: nothing can be deleted from an input topic');
  const topic = options.prefix ? record.topic.slice(options.prefix.length) : record.topic;
  const most = (options.maxBytes ?? defaultMaxBytes) + (topic === inboxTopic ? REROUTING_BYTES : 0);
  const bytes = recordBytes(record);
  if (bytes > most) return refuse('tooLarge', `record has ${bytes} bytes; allowed: at most ${most}`);

  const content = readContent(value, headers);
  if (content instanceof Unreadable) return refuse(content.errorClass, content.message);
  const { specversion, id, source, type, subject, data } = content;
  if (specversion !== '1.0') return refuse('notCloudEvent', 'specversion must be 1.0');
  if (!attribute(id, 1024)) return refuse('notCloudEvent', 'id must be text of 1 to 1024 characters');
  if (!attribute(source, 1024)) return refuse('notCloudEvent', 'source must be text of 1 to 1024 characters');
  if (!attribute(type, 256)) return refuse('notCloudEvent', 'type must be text of 1 to 256 characters');

  const readableType = readable.get(type);
  if (!readableType || (topic !== readableType.topic && topic !== inboxTopic))
    return notReadable(type, topic);

  if (subject === undefined || subject === null || subject === '')
    return refuse('missingSubject', 'subject is missing: it must be the customer id');
  if (!attribute(subject, 256))
    return refuse('notCloudEvent', 'subject must be text of 1 to 256 characters, without control characters');

  const at = eventTime(content.time, options.now);
  if (typeof at === 'string') return refuse('time', at);
  const problem = readableType.validate(data);
  if (problem !== undefined) return refuse('schema', problem);
  return { ok: true, event: { id, source, type, subject, at, data } as KnownInputEvent };
}
