import { LogError, type OutboundRecord } from '#pipeline';
import { sizeOf, type RecordBytes } from './chunk.js';

/**
 * What Kafka takes by default (`message.max.bytes` is 1,048,588) less a margin for its framing: nothing passes here that
 * fails there, and every dead letter and re-routed record fits.
 */
const maxRecordBytes = 1_045_000;

const bytesOf = (part: string | Buffer): Buffer => (typeof part === 'string' ? Buffer.from(part) : part);

/** @throws LogError `rejected` when the record is too large. */
export function recordBytes({ topic, key, value, headers = {} }: OutboundRecord): RecordBytes {
  const bytes: RecordBytes = {
    key: key === null ? null : bytesOf(key),
    value: value === null ? null : bytesOf(value),
    headers: Object.entries(headers).map(([name, content]) => [name, bytesOf(content)] as const),
  };
  const size = sizeOf(bytes);
  if (size > maxRecordBytes)
    throw new LogError(
      'rejected',
      `a record of ${size} bytes is too large for ${topic}: the limit is ${maxRecordBytes}`,
    );
  return bytes;
}
