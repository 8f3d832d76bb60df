/** Topics of the input events of upstream systems. */
export const upstreamTopics = [
  'purchase.events.v1',
  'support.events.v1',
  'engagement.events.v1',
  'profile.events.v1',
] as const;
/** The engine's own input: timers, re-routed and redriven records, control records. */
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

export type InputTopic = (typeof inputTopics)[number];
export type TopicName = InputTopic | typeof orderTopic | (typeof outputTopics)[number];

export const defaultPartitions = 8;

/** The name on the log: the prefix (with its own separator, e.g. `acme.`) goes in front as it is. */
export const topicName = (prefix: string, name: string): string => `${prefix}${name}`;
/** The dead-letter topic of an input topic. */
export const deadLetterTopic = (topic: string): string => `${topic}.dlq`;
