import type { EventLog, OutboundRecord, TopicSpec } from '#pipeline';

/** What the rules work with: a client, and topics, groups and further clients that are this test's own. */
export interface LogBench {
  readonly log: () => EventLog;
  readonly another: () => Promise<EventLog>;
  /** Closes every client and opens a new one. */
  readonly reopen: () => Promise<EventLog>;
  /** Makes topics with two partitions each. */
  readonly topics: (...names: string[]) => Promise<string[]>;
  readonly group: () => string;
  readonly patience: number;
}

export const spec = (name: string, partitions = 2): TopicSpec => ({ name, partitions, retentionMs: -1 });

/** `count` records with the values `PREFIX0`, `PREFIX1`, … in one partition. */
export const numbered = (topic: string, partition: number, count: number, prefix = ''): OutboundRecord[] =>
  Array.from({ length: count }, (_, n) => ({ topic, partition, key: 'k', value: `${prefix}${n}` }));
