/** Topics of upstream systems' events. */
export const upstreamTopics = [
  'purchase.events.v1',
  'support.events.v1',
  'engagement.events.v1',
  'profile.events.v1',
] as const;
/** The engine's own input: timers, re-routed and redriven records, announcements and activations by customer. */
export const inboxTopic = 'lifecycle.inbox.v1';
/** One record per batch: what was folded, in which order, by which clock. */
export const orderTopic = 'lifecycle.order.v1';
export const outputTopics = [
  'lifecycle.transitions.v1',
  'retention.actions.v1',
  'loyalty.ledger.v1',
  'quality.signals.v1',
] as const;
/** All topics that one task reads, co-partitioned. */
export const inputTopics = [...upstreamTopics, inboxTopic] as const;
/** Topics whose readers have a place for dead letters: the inputs, and the actions that subscribers carry out. */
export const topicsWithDeadLetters = [...inputTopics, 'retention.actions.v1'] as const;

export type InputTopic = (typeof inputTopics)[number];
export type TopicName = InputTopic | typeof orderTopic | (typeof outputTopics)[number];
/** `internal` is read and written by the engine alone. */
export type TopicRole = 'input' | 'internal' | 'output' | 'dlq';

export const defaultPartitions = 8;

/** The name on the log: the prefix (with its own separator, e.g. `acme.`) goes in front as it is. */
export const topicName = (prefix: string, name: string): string => `${prefix}${name}`;
/** The dead-letter topic of a topic. */
export const deadLetterTopic = (topic: string): string => `${topic}.dlq`;

/** Every topic without prefix, with its role. */
export const topicRoles: readonly { readonly name: string; readonly role: TopicRole }[] = [
  ...upstreamTopics.map((name) => ({ name, role: 'input' as const })),
  { name: inboxTopic, role: 'internal' },
  { name: orderTopic, role: 'internal' },
  ...outputTopics.map((name) => ({ name, role: 'output' as const })),
  ...topicsWithDeadLetters.map((name) => ({ name: deadLetterTopic(name), role: 'dlq' as const })),
];

/** Keeps for ever. */
const FOR_EVER = -1;

/**
 * Every topic as it is to be created, all with the same partition count. Inputs, order and outputs share `retentionMs`
 * (-1 keeps for ever), since a replay needs the same stretch of each; dead letters are kept until someone deals with
 * them.
 */
export const topicSpecs = (
  prefix = '',
  partitions: number = defaultPartitions,
  retentionMs: number = FOR_EVER,
): { readonly name: string; readonly partitions: number; readonly retentionMs: number }[] =>
  topicRoles.map(({ name, role }) => ({
    name: topicName(prefix, name),
    partitions,
    retentionMs: role === 'dlq' ? FOR_EVER : retentionMs,
  }));
