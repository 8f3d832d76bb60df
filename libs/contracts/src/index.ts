export { asyncApi, type AsyncApiDocument, type AsyncApiOptions } from './asyncapi.js';
export * from './catalogue.js';
export { deadLetter, originOf, type DeadLetterReason, type Origin } from './dead-letter.js';
export {
  decodeRecord,
  defaultMaxBytes,
  errorClasses,
  type Decoded,
  type DecodeOptions,
  type ErrorClass,
} from './decode.js';
export { encodeEvent, structuredHeaders } from './encode.js';
export type { CloudEvent, InputEvent } from './envelope.js';
export {
  actionKinds,
  audiences,
  channels,
  flags,
  healths,
  purposes,
  relationshipTypes,
  sentiments,
  severities,
  stages,
  surveys,
} from './events/fields.js';
export { announcementKinds } from './events/fanned-out.js';
export * from './facts.js';
export { formatTime } from './format-time.js';
export { hashId, identity, identityHash } from './ids.js';
export { homePartition, placement, type Placement } from './partition.js';
export { recordBytes, type AddressedRecord, type SourceRecord } from './records.js';
export { reroute } from './reroute.js';
export { parseTime } from './timestamp.js';
export * from './topics.js';
export { problemsOf, validateData } from './validate.js';
