import { topicName } from '#contracts';
import type { Definition } from '#lifecycle';
import type { EventLog } from '#pipeline';
import { Report, type Period } from './report.js';
import type { ReportedAction } from './reported.js';

export interface Value {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The report of what a log's topics hold: actions and transitions, the support events about the cases, and the messages that failed.
 * Joins no group. `empty`: no action was ever published. @throws LogError `unknownTopic`
 */
export async function reportOfLog(
  log: EventLog,
  prefix: string,
  definition: Pick<Definition, 'settings' | 'contactPolicy'>,
  period: Period,
): Promise<{ readonly report: Report; readonly empty: boolean }> {
  const values = (topic: string) => valuesIn(log, topicName(prefix, topic));
  const undelivered = new Set<string>();
  for await (const { type, data } of values('engagement.events.v1'))
    if (type === 'message.failed.v1' || type === 'message.bounced.v1')
      undelivered.add(String(data['actionId']));
  const report = new Report(definition, period, undelivered);
  for await (const { type, subject, time, data } of values('support.events.v1'))
    report.event({ type, customer: subject, at: Date.parse(time), data });
  for await (const { subject, time } of values('lifecycle.transitions.v1'))
    report.transition(subject, Date.parse(time));
  let empty = true;
  for await (const { subject, time, data } of values('retention.actions.v1')) {
    empty = false;
    report.action({ ...(data as unknown as ReportedAction), customer: subject, at: Date.parse(time) });
  }
  return { report, empty };
}

/** A topic's events, partition by partition; records that are none (upstream's mistakes) are passed over. */
export async function* valuesIn(log: EventLog, topic: string): AsyncGenerator<Value> {
  for (const [partition, { start, end }] of (await log.range(topic)).entries())
    for await (const records of log.read(topic, partition, start, end))
      for (const { value } of records) {
        const event = parsed(value);
        if (event) yield event;
      }
}

function parsed(value: Buffer | null): Value | undefined {
  try {
    const event = JSON.parse(String(value)) as Partial<Value> | null;
    const whole = typeof event?.subject === 'string' && typeof event.data === 'object' && event.data !== null;
    return whole ? (event as Value) : undefined;
  } catch {
    return undefined;
  }
}
