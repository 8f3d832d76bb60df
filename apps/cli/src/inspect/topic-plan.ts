import {
  deadLetterTopic,
  inboxTopic,
  inputTopics,
  orderTopic,
  outputTopics,
  topicName,
  upstreamTopics,
} from '#contracts';

export interface PlannedTopic {
  /** Full name, prefix included. */
  readonly topic: string;
  readonly what: 'input' | 'internal' | 'output' | 'dead letters';
}

/** Every topic that the system reads or writes; dead letters of the outputs belong to their subscribers. */
export function topicPlan(prefix: string): PlannedTopic[] {
  const as = (what: PlannedTopic['what'], names: readonly string[]) =>
    names.map((name) => ({ topic: topicName(prefix, name), what }));
  return [
    ...as('input', upstreamTopics),
    ...as('internal', [inboxTopic, orderTopic]),
    ...as('output', outputTopics),
    ...as('dead letters', [...inputTopics, ...outputTopics].map(deadLetterTopic)),
  ];
}
