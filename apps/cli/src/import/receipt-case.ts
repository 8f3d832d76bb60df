import type { ImportedEvent } from './dataset.js';
import { channels, endingMs, meaningOf } from './receipt-rule.js';

/** One activity of a case. `at` in ms. */
export interface Step {
  readonly task: string;
  readonly activity: string;
  readonly by: string;
  readonly at: number;
}

/** A case as its rows state it, its steps in order of time and at least one. Times in ms. */
export interface Case {
  readonly id: string;
  readonly customer: string;
  readonly channel: string;
  readonly deadline: number;
  readonly end?: number;
  readonly steps: readonly Step[];
}

/** The events of one case by the rule, in order of time; `until` (ms) is the end of the log. */
export function caseEvents(of: Case, until: number): ImportedEvent[] {
  const [opening] = of.steps;
  const last = of.steps.at(-1);
  if (!opening || !last) return [];
  const end = of.end !== undefined && of.end < opening.at ? last.at : of.end;
  const overdue = of.deadline > opening.at && of.deadline < (end ?? until);
  const channel = channels[of.channel];
  const say = (id: string, type: string, at: number, data: object = {}): ImportedEvent => ({
    id,
    type,
    subject: of.customer,
    at,
    data: { caseId: of.id, ...data },
  });

  const events = [
    say(`${of.id}-opened`, 'case.opened.v1', opening.at, {
      ...(channel !== undefined && { channel }),
      ...(of.deadline > opening.at && { deadline: new Date(of.deadline).toISOString() }),
    }),
  ];
  if (overdue) events.push(say(`${of.id}-overdue`, 'case.overdue.v1', of.deadline));
  let advised = false;
  for (const { task, activity, by, at } of of.steps.slice(1)) {
    const meaning = meaningOf(activity);
    if (meaning === 'advice' && !advised) events.push(say(task, 'case.escalated.v1', at));
    else if (meaning === 'letter')
      events.push(say(task, 'contact.made.v1', at, { kind: 'note', outcome: `sent: ${activity}`, by }));
    else events.push(say(task, 'task.completed.v1', at, { actionId: task, outcome: activity, by }));
    advised ||= meaning === 'advice';
  }
  if (end !== undefined) events.push(say(`${of.id}-resolved`, 'case.resolved.v1', end));
  const again = end === undefined ? undefined : of.steps.find(({ at }) => at > end + endingMs);
  if (again)
    events.push(
      say(`${of.id}-reopened`, 'case.reopened.v1', again.at - 1),
      say(`${of.id}-resolved-again`, 'case.resolved.v1', last.at),
    );
  return events.sort((a, b) => a.at - b.at);
}
