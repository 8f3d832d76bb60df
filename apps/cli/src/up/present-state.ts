import { orderTopic, topicName } from '#contracts';
import type { CustomerStore, EventLog } from '#pipeline';
import { Tally, type Summary } from '../replay/tally.js';

/** The summary of everything so far, read from the store and the output topics. */
export async function presentState(
  { log, store }: { readonly log: EventLog; readonly store: CustomerStore },
  prefix: string,
): Promise<Summary> {
  const tally = new Tally();
  for await (const document of store.scan()) tally.customer(document);
  for (const name of ['lifecycle.transitions.v1', 'retention.actions.v1', orderTopic]) {
    const topic = topicName(prefix, name);
    for (const [partition, { start, end }] of (await log.range(topic)).entries())
      for await (const records of log.read(topic, partition, start, end))
        for (const record of records)
          if (name === orderTopic) tally.events(eventsOf(record.value));
          else tally.output(record);
  }
  return tally.summary();
}

const eventsOf = (value: Buffer | null) =>
  (JSON.parse(String(value)) as { data: { counts: { events?: number } } }).data.counts.events ?? 0;
