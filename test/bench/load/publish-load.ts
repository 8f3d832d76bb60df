import type { EventLog, OutboundRecord } from '#pipeline';

const chunk = 2_000;

/** Appends all records; returns how many bytes their values had. `said` hears how many are in the log. */
export async function publishLoad(
  log: EventLog,
  records: Iterable<OutboundRecord>,
  said: (published: number) => void,
): Promise<{ readonly events: number; readonly bytes: number }> {
  let waiting: OutboundRecord[] = [];
  let [events, bytes] = [0, 0];
  let sending: Promise<void> = Promise.resolve();
  const flush = async () => {
    await sending;
    sending = log.publish(waiting);
    waiting = [];
    said(events);
  };
  for (const record of records) {
    waiting.push(record);
    events++;
    bytes += Buffer.byteLength(record.value ?? '');
    if (waiting.length === chunk) await flush();
  }
  await flush();
  await sending;
  return { events, bytes };
}
