import { decodeRecord } from '#contracts';
import type { LogRecord } from './event-log.port.js';
import type { Located } from './topic-buffer.js';

/** Decodes a record once, when it arrives. How far ahead its time may lie is judged later, by the batch's own clock. */
export function locate(record: LogRecord, prefix: string): Located {
  const decoded = decodeRecord(record, { now: Infinity, prefix });
  return { record, decoded, at: decoded.ok ? decoded.event.at : -Infinity };
}
