import {
  encodeEvent,
  eventTypes,
  formatTime,
  homePartition,
  inboxTopic,
  structuredHeaders,
  topicName,
  type EventType,
} from '#contracts';
import type {
  Action,
  Advance,
  Lifecycle,
  Migration,
  PublishedRecord,
  Suppression,
  Transition,
} from '#lifecycle';
import type { OutboundRecord } from './event-log.port.js';

interface OutputContext {
  readonly lifecycle: Lifecycle;
  readonly partition: number;
  readonly partitions: number;
  readonly prefix: string;
}

/** Something decided, as it is published; `time` of the event is `at`, ms. */
export interface Output {
  readonly topic: string;
  readonly type: EventType;
  readonly id: string;
  readonly subject: string;
  /** ms */
  readonly at: number;
  readonly data: unknown;
}

/**
 * One advance as records: a change of definition, transitions, then ledger entries and the like, then requests, then suppressions, each in the
 * order in which they were decided. `now` is the batch's recorded clock, ms.
 */
export function outputsOf(
  customer: string,
  { migration, transitions, records, actions, suppressed }: Advance,
  now: number,
  context: OutputContext,
): OutboundRecord[] {
  if (!migration && transitions.length + records.length + actions.length + suppressed.length === 0) return [];
  const { name, version } = context.lifecycle.definition;
  const definition = `${name}@${version}`;
  const outputs: Output[] = [
    ...(migration ? [migrationOutput(customer, migration)] : []),
    ...transitions.map((transition) => transitionOutput(customer, transition, definition)),
    ...records.map((record) => recordOutput(record, definition)),
    ...actions.map((action) => actionOutput(customer, action, now, definition)),
    ...suppressed.map((it) => suppressionOutput(customer, it, now, definition)),
  ];
  return outputs.map((output) => addressed(output, customer, context));
}

function migrationOutput(subject: string, { id, at, evidence, ...change }: Migration): Output {
  const data = { ...change, definition: change.to, ...evidence };
  return { topic: 'lifecycle.transitions.v1', type: 'definition.changed.v1', id, subject, at, data };
}

/** A transition as it is published; `definition` is `name@version`. */
export const transitionOutput = (
  subject: string,
  { id, region, from, to, at, evidence }: Transition,
  definition: string,
): Output => ({
  topic: 'lifecycle.transitions.v1',
  type: `${region}.changed.v1`,
  ...{ id, subject, at },
  data: { from, to, definition, ...evidence },
});

/** An action let through by the clock `at`, as it is published. */
export const actionOutput = (subject: string, action: Action, at: number, definition: string): Output => ({
  topic: 'retention.actions.v1',
  type: 'action.requested.v1',
  ...{ id: action.actionId, subject, at },
  data: actionData(action, definition),
});

/** An action that was not let through, as it is published. */
export const suppressionOutput = (
  subject: string,
  { action, reason, possibleAt }: Suppression,
  at: number,
  definition: string,
): Output => ({
  topic: 'retention.actions.v1',
  type: 'action.suppressed.v1',
  ...{ id: `${action.actionId}-suppressed`, subject, at },
  data: {
    ...actionData(action, definition),
    reason,
    ...(possibleAt === undefined ? {} : { possibleAt: formatTime(possibleAt) }),
  },
});

function actionData({ evidence, notBefore, expiresAt, ...action }: Action, definition: string) {
  return {
    ...action,
    notBefore: formatTime(notBefore),
    expiresAt: formatTime(expiresAt),
    definition,
    ...evidence,
  };
}

/** A type that upstreams publish too goes to its other topic; what goes to the inbox is an input, and bears no evidence. */
function recordOutput(
  { type, id, subject, at, data, evidence }: PublishedRecord,
  definition: string,
): Output {
  const { topic, alsoOn } = eventTypes[type];
  const made = { type, topic: alsoOn ?? topic, id, subject, at };
  return topic === inboxTopic ? { ...made, data } : { ...made, data: { ...data, definition, ...evidence } };
}

/** What is about the customer stays in the partition; anything else goes to the home of its subject. */
function addressed(
  { topic, type, id, subject, at, data }: Output,
  customer: string,
  { partition, partitions, prefix }: OutputContext,
): OutboundRecord {
  const time = formatTime(at);
  return {
    topic: topicName(prefix, topic),
    partition: subject === customer ? partition : homePartition(subject, partitions),
    key: subject,
    value: encodeEvent({ specversion: '1.0', id, source: '/perennial', type, subject, time, data }),
    headers: structuredHeaders,
  };
}
