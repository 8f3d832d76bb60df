import { outputTopics, topicName, upstreamTopics } from '#contracts';
import type { EventLog } from '#pipeline';
import { placedValuesIn } from './log-values.js';
import type { Period } from './report.js';

/** What stands in the topics more than once, by source and id. */
export interface Duplicates {
  /** Records beyond the first of an event: sent again by upstream, and dropped by the engine within its window. */
  readonly repeatedEvents: number;
  /** Records beyond the first of an output: an event that came again beyond the window was folded again. */
  readonly repeatedOutputs: number;
}

/** Reads all topics once. Memory holds the ids of one topic's partition at a time. @throws LogError `unknownTopic` */
export async function duplicatesIn(log: EventLog, prefix: string, period: Period): Promise<Duplicates> {
  const repeated = async (topics: readonly string[]): Promise<number> => {
    let count = 0;
    for (const topic of topics) count += await repeatedIn(log, topicName(prefix, topic), period);
    return count;
  };
  return {
    repeatedEvents: await repeated(upstreamTopics),
    repeatedOutputs: await repeated(outputTopics),
  };
}

async function repeatedIn(log: EventLog, topic: string, { from, to }: Period): Promise<number> {
  let repeated = 0;
  let ids = new Set<string>();
  let of = 0;
  for await (const { partition, value } of placedValuesIn(log, topic)) {
    if (partition !== of) ids = new Set();
    of = partition;
    const at = Date.parse(value.time);
    if (at < from || at >= to) continue;
    const id = `${value.subject} ${value.source}#${value.id}`;
    if (ids.has(id)) repeated++;
    ids.add(id);
  }
  return repeated;
}
