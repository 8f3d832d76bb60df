import { topicName } from '#contracts';
import type { Definition } from '#lifecycle';
import type { EventLog } from '#pipeline';
import { duplicatesIn } from './duplicates.js';
import { valuesIn } from './log-values.js';
import { Report, type Period } from './report.js';
import type { ReportedAction } from './reported.js';

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
  report.duplicates = await duplicatesIn(log, prefix, period);
  return { report, empty };
}
