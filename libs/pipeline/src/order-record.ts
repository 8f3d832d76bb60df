import { encodeEvent, formatTime, orderTopic, structuredHeaders, topicName } from '#contracts';
import type { Brakes, Lifecycle } from '#lifecycle';
import type { LogRecord, Offsets, OutboundRecord } from './event-log.port.js';

/** A batch as its intent fixes it. Times in ms. */
export interface BatchPlan {
  readonly number: number;
  readonly from: Offsets;
  readonly to: Offsets;
  readonly watermark: number;
  readonly now: number;
  /** What operators had braked; absent where nothing was. */
  readonly brakes?: Brakes;
}

export interface BatchCounts {
  readonly records: number;
  /** Events folded, without timers' records. */
  readonly events: number;
  readonly timers: number;
  readonly duplicates: number;
  readonly late: number;
  readonly deadLetters: number;
  readonly rerouted: number;
  readonly outputs: number;
}

/** One recorded batch, as the order topic holds it. */
export interface RecordedBatch extends BatchPlan {
  readonly group: string;
  readonly definition: string;
  readonly rules: number;
}

interface OrderContext {
  readonly lifecycle: Lifecycle;
  readonly group: string;
  readonly partition: number;
  readonly prefix: string;
}

/**
 * The record from which a replay repeats the batch. Its counts are those that do not depend on which attempt at the
 * batch folded a customer.
 */
export function orderRecord(
  plan: BatchPlan,
  { lifecycle, group, partition, prefix }: OrderContext,
  counts: Pick<BatchCounts, 'records' | 'rerouted' | 'outputs'>,
): OutboundRecord {
  const slices = Object.fromEntries(Object.entries(plan.to).map(([t, to]) => [t, [plan.from[t] ?? to, to]]));
  return {
    topic: topicName(prefix, orderTopic),
    partition,
    key: String(partition),
    value: encodeEvent({
      specversion: '1.0',
      id: `${group}/${partition}/${plan.number}`,
      source: '/perennial',
      type: 'batch.applied.v1',
      subject: String(partition),
      time: formatTime(plan.now),
      data: {
        group,
        partition,
        number: plan.number,
        slices,
        watermark: formatTime(plan.watermark),
        now: formatTime(plan.now),
        definition: lifecycle.definition,
        rules: lifecycle.rules,
        ...(plan.brakes && { brakes: plan.brakes }),
        counts,
      },
    }),
    headers: structuredHeaders,
  };
}

interface OrderData {
  readonly group: string;
  readonly number: number;
  readonly slices: Readonly<Record<string, readonly [number, number]>>;
  readonly watermark: string;
  readonly now: string;
  readonly definition: { readonly hash: string };
  readonly rules: number;
  readonly brakes?: Brakes;
}

export function recordedBatch(record: LogRecord): RecordedBatch {
  const { data } = JSON.parse(String(record.value)) as { data: OrderData };
  const slices = Object.entries(data.slices);
  return {
    group: data.group,
    number: data.number,
    from: Object.fromEntries(slices.map(([topic, [from]]) => [topic, from])),
    to: Object.fromEntries(slices.map(([topic, [, to]]) => [topic, to])),
    watermark: Date.parse(data.watermark),
    now: Date.parse(data.now),
    definition: data.definition.hash,
    rules: data.rules,
    ...(data.brakes && { brakes: data.brakes }),
  };
}
