import { isEventType, validateData, type InputEvent } from '#contracts';
import type { LogRecord } from '#pipeline';
import type { Decoded } from '#transport';

/** Reads a record of an output topic: structured JSON, as the engine writes it. */
export function readOutput({ value }: Pick<LogRecord, 'value'>): Decoded {
  if (value === null) return refused('tombstone', 'value is null');
  let read: Readonly<Record<string, unknown>>;
  try {
    read = JSON.parse(value.toString()) as typeof read;
  } catch (error) {
    return refused('undecodable', `value is not JSON: ${(error as Error).message}`);
  }
  const { id, source, type, subject, time, data } = read;
  if (typeof type !== 'string' || !isEventType(type)) return { kind: 'skip' };
  if (typeof subject !== 'string' || typeof time !== 'string')
    return refused('notCloudEvent', 'subject and time must be text');
  const problem = validateData(type, data);
  if (problem !== undefined) return refused('schema', problem);
  const event: InputEvent = {
    id: String(id),
    source: String(source),
    type,
    subject,
    at: Date.parse(time),
    data,
  };
  return { kind: 'event', event };
}

const refused = (code: string, message: string): Decoded => ({ kind: 'refused', reason: { code, message } });
