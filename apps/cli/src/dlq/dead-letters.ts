import { originOf, topicName, topicRoles, type Origin } from '#contracts';
import type { CustomerStore, EventLog, LogRecord, RecordMap } from '#pipeline';

/** A dead letter is `open` until somebody sends it again or accepts that it is lost. */
export interface Handled {
  readonly state: 'redriven' | 'accepted';
  /** ms since the epoch. */
  readonly at: number;
}

export interface DeadLetter extends Origin {
  /** `TOPIC.dlq/PARTITION/OFFSET`: where the dead letter stands. */
  readonly ref: string;
  readonly state: 'open' | Handled['state'];
}

/** What became of dead letters, by `ref`. */
export const handledLetters = (store: CustomerStore): RecordMap<Handled> =>
  store.records<Handled>('dead-letters');

/** All dead letters, topic by topic and in order of offset. */
export async function* deadLetters(
  log: EventLog,
  handled: RecordMap<Handled>,
  prefix: string,
): AsyncGenerator<DeadLetter> {
  const names = topicRoles.filter(({ role }) => role === 'dlq').map(({ name }) => topicName(prefix, name));
  const existing = await log.topics(names);
  for (const { name } of existing) {
    for (const [partition, { start, end }] of (await log.range(name)).entries())
      for await (const records of log.read(name, partition, start, end))
        for (const record of records) {
          const letter = await letterOf(record, handled);
          if (letter !== undefined) yield letter;
        }
  }
}

async function letterOf(record: LogRecord, handled: RecordMap<Handled>): Promise<DeadLetter | undefined> {
  const origin = originOf(record);
  if (origin === undefined) return undefined;
  const ref = `${record.topic}/${record.partition}/${record.offset}`;
  return { ...origin, ref, state: (await handled.get(ref))?.state ?? 'open' };
}
