import { deadLetterTopic, topicName, upstreamTopics } from '#contracts';
import type { CustomerStore, EventLog, LogRecord } from '#pipeline';
import { Tally, type Summary } from '../replay/tally.js';

/** The summary of everything so far, read from the store and the output topics. Events are those that upstreams published and that were no dead letters. */
export async function presentState(
  { log, store }: { readonly log: EventLog; readonly store: CustomerStore },
  prefix: string,
): Promise<Summary> {
  const tally = new Tally();
  for await (const document of store.scan()) tally.customer(document);
  for (const name of ['lifecycle.transitions.v1', 'retention.actions.v1'])
    for await (const records of all(log, topicName(prefix, name)))
      for (const record of records) tally.output(record);
  for (const name of upstreamTopics) {
    for await (const { length } of all(log, topicName(prefix, name))) tally.events(length);
    for await (const { length } of all(log, deadLetterTopic(topicName(prefix, name)))) tally.events(-length);
  }
  return tally.summary();
}

async function* all(log: EventLog, topic: string): AsyncGenerator<readonly LogRecord[]> {
  for (const [partition, { start, end }] of (await log.range(topic)).entries())
    yield* log.read(topic, partition, start, end);
}
