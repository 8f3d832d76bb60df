import { placement } from '#contracts';
import type { CustomerState, Twin } from '#lifecycle';
import type { EventLog } from '../event-log.port.js';
import type { RecordedBatch } from '../order-record.js';
import { recordedOrder } from './recorded-order.js';
import { RecordedClock } from './rehearsal-clock.js';
import { Rehearsal, type Hearer } from './rehearsal.js';
import { RecordedInputs } from './slice-reader.js';

export interface RehearseOptions {
  readonly log: EventLog;
  readonly prefix: string;
  readonly partition: number;
  readonly partitions: number;
  /** Input topics by their full names, in folding order. */
  readonly topics: readonly string[];
  readonly twin: Twin;
  readonly hearer: Hearer;
  /** Leave out batches that were applied later than this, ms, by their recorded clock. */
  readonly until?: number | undefined;
  /** As in a replay. */
  readonly begin?: { readonly number: number; readonly customers: Iterable<CustomerState> } | undefined;
  readonly event: (event: RehearsedEvent) => void;
  readonly batch: (recorded: RecordedBatch, share: number) => Promise<void>;
}

/** An input as it was folded. */
export interface RehearsedEvent {
  readonly type: string;
  readonly subject: string;
  /** ms */
  readonly at: number;
  readonly data: unknown;
}

const DAY = 86_400_000;

/** What the engine itself had put into the inbox under the definition of that time: the rehearsed ones have their own. */
const ownDoing = new Set(['timer.due.v1', 'definition.activated.v1']);

/**
 * One partition's customers living through the recorded inputs under other definitions, at the recorded clock. Recorded
 * timers are passed over: the definitions' own fire by the recorded watermarks, for silent customers too.
 * Returns the rehearsal and the event time that it reached.
 * @throws TruncatedLog
 */
export async function rehearsePartition(options: RehearseOptions) {
  const { log, prefix, partition, partitions, topics, twin, hearer, begin, until = Infinity } = options;
  const inputs = await RecordedInputs.open(log, prefix, partition, topics);
  const clock = new RecordedClock();
  const rehearsal = new Rehearsal(twin, hearer, clock, begin?.customers);
  for await (const { recorded, share } of recordedOrder(log, prefix, partition, begin?.number)) {
    if (recorded.now > until) break;
    const { now, brakes } = recorded;
    const events = (await inputs.of(recorded)).flatMap(({ record, decoded }) =>
      decoded.ok &&
      decoded.event.at <= now + DAY &&
      !ownDoing.has(decoded.event.type) &&
      placement(record, decoded.event.subject, partitions).home
        ? [decoded.event]
        : [],
    );
    const newest = events.at(-1)?.at;
    if (clock.holds(newest, recorded) && clock.passed > -Infinity) rehearsal.finish(clock.watermark);
    clock.step(recorded, newest);
    for (const event of events) {
      options.event(event);
      rehearsal.take(event, now, brakes);
    }
    await options.batch(recorded, share);
  }
  rehearsal.finish(clock.watermark);
  return { rehearsal, reached: clock.watermark };
}
