import type { EventLog } from '#pipeline';

export interface Value {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A topic's events, partition by partition; records that are none (upstream's mistakes) are passed over. */
export async function* valuesIn(log: EventLog, topic: string): AsyncGenerator<Value> {
  for await (const { value } of placedValuesIn(log, topic)) yield value;
}

/** The same, each with its partition. */
export async function* placedValuesIn(
  log: EventLog,
  topic: string,
): AsyncGenerator<{ readonly partition: number; readonly value: Value }> {
  for (const [partition, { start, end }] of (await log.range(topic)).entries())
    for await (const records of log.read(topic, partition, start, end))
      for (const { value } of records) {
        const event = parsed(value);
        if (event) yield { partition, value: event };
      }
}

function parsed(value: Buffer | null): Value | undefined {
  try {
    const event = JSON.parse(String(value)) as Partial<Value> | null;
    const whole = typeof event?.subject === 'string' && typeof event.data === 'object' && event.data !== null;
    return whole ? (event as Value) : undefined;
  } catch {
    return undefined;
  }
}
