import { decodeRecord, inputTopics, reroute, topicName } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import type { DeadLetter } from './dead-letters.js';

/** The record that sends a dead letter again, its bytes, headers and origin kept; or why it cannot be sent. */
export function redriven({ record, whole, state }: DeadLetter, prefix: string): OutboundRecord | string {
  if (state !== 'open') return `was ${state} before`;
  if (!whole) return 'only its beginning was kept; publish the event again at its source';
  if (!inputTopics.some((name) => topicName(prefix, name) === record.topic))
    return `${record.topic} is no input of the engine: its subscriber must send it again`;
  const decoded = decodeRecord(record, { now: Infinity, prefix });
  const subject = decoded.ok ? decoded.event.subject : String(record.key ?? '');
  const { topic, key, value, headers } = reroute(record, subject, 0, prefix);
  return { topic, key, value, headers };
}
