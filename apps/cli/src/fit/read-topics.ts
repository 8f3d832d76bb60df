import { decodeRecord, topicName, type InputEvent, type TopicName } from '#contracts';
import type { EventLog } from '#pipeline';
import { byCustomer, type CustomerSource } from './customers.js';

/**
 * The customers of input topics, partition by partition: the events of one partition are held at once. Joins no group. A record
 * that is no event is passed over; one that upstream published twice counts once; one that came to a foreign partition is found
 * in the inbox. @throws LogError `unknownTopic`
 */
export function topicSource(log: EventLog, prefix: string, topics: readonly TopicName[]): CustomerSource {
  return {
    name: topics.join(', '),
    async *read() {
      const ranges = await Promise.all(topics.map((topic) => log.range(topicName(prefix, topic))));
      const partitions = Math.max(0, ...ranges.map((range) => range.length));
      for (let partition = 0; partition < partitions; partition++) {
        const events = new Map<string, InputEvent>();
        for (const topic of topics)
          for await (const event of eventsIn(log, prefix, topic, partition))
            events.set(`${event.source}#${event.id}`, event);
        yield* byCustomer(events.values());
      }
    },
  };
}

async function* eventsIn(
  log: EventLog,
  prefix: string,
  topic: TopicName,
  partition: number,
): AsyncGenerator<InputEvent> {
  const name = topicName(prefix, topic);
  const { start, end } = (await log.range(name))[partition] ?? { start: 0, end: 0 };
  for await (const records of log.read(name, partition, start, end))
    for (const record of records) {
      const decoded = decodeRecord(record, { now: Infinity, prefix });
      if (decoded.ok) yield decoded.event;
    }
}
