import { deadLetterTopic, topicName, upstreamTopics } from '#contracts';
import type { CustomerStore, EventLog } from '#pipeline';
import { Tally, type Summary } from '../replay/tally.js';

/** The summary of everything so far, read from the store and the output topics. Events are those that upstreams published and that were no dead letters. */
export async function presentState(
  { log, store }: { readonly log: EventLog; readonly store: CustomerStore },
  prefix: string,
): Promise<Summary> {
  const tally = new Tally();
  for await (const document of store.scan()) tally.customer(document);
  for (const name of ['lifecycle.transitions.v1', 'retention.actions.v1']) {
    const topic = topicName(prefix, name);
    for (const [partition, { start, end }] of (await log.range(topic)).entries())
      for await (const records of log.read(topic, partition, start, end))
        for (const record of records) tally.output(record);
  }
  for (const name of upstreamTopics) {
    const topic = topicName(prefix, name);
    tally.events((await sizeOf(log, topic)) - (await sizeOf(log, deadLetterTopic(topic))));
  }
  return tally.summary();
}

const sizeOf = async (log: EventLog, topic: string): Promise<number> =>
  (await log.range(topic)).reduce((sum, { start, end }) => sum + end - start, 0);
